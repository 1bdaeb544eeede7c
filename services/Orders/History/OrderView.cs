using System.Text.Json.Serialization;
using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.History;

/// <summary>An order as its owner sees it; amounts in major units of <paramref name="Currency"/>.</summary>
/// <param name="Subtotal">Sum of the lines' totals.</param>
/// <param name="Shipping">Before any discount.</param>
/// <param name="Tax">Of all lines and of shipping.</param>
/// <param name="TaxIncluded">Whether the tax is within the prices; otherwise the total has it on top.</param>
/// <param name="Refunded">Paid back or promised.</param>
/// <param name="PaymentChallengeUrl">Where the shopper has to go to pay, while that is awaited.</param>
/// <param name="Discount">What promotions took off, the lines and shipping.</param>
internal sealed record OrderView(
    Guid Id,
    OrderStatus Status,
    string? Reason,
    decimal Total,
    string Currency,
    DateTimeOffset CreatedAt,
    IReadOnlyList<OrderLineView> Lines,
    decimal Subtotal,
    decimal Shipping,
    string? ShippingOption,
    decimal Tax,
    bool TaxIncluded,
    decimal Refunded,
    ShippingAddress? ShippingAddress,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PaymentChallengeUrl,
    decimal Discount)
{
    /// <summary>What each promotion took off; null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscountView>? Discounts { get; init; }

    /// <summary>The coupon that was redeemed; null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PromotionCode { get; init; }

    /// <summary>Null until something was packed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ShipmentView>? Shipments { get; init; }

    /// <summary>Null until something was packed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReturnView>? Returns { get; init; }

    /// <summary>Null until money was to go back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RefundView>? Refunds { get; init; }

    public static OrderView Of(Order order)
    {
        return new(
            order.Id,
            order.Status,
            order.Reason,
            Major(order.Total),
            order.Currency,
            order.CreatedAt,
            [.. order.Lines.OrderBy(line => line.Position).Select(line => OrderLineView.Of(line, order))],
            Major(order.Subtotal),
            Major(order.Shipping),
            order.ShippingOption,
            Major(order.Tax),
            order.TaxIncluded,
            Major(order.Refunded),
            order.ShippingAddress,
            order.State is OrderState.AwaitingChallenge ? order.ChallengeUrl : null,
            Major(order.Discount + order.ShippingDiscount))
        {
            Discounts = DiscountView.Of(order.Discounts ?? [], order.Currency),
            PromotionCode = order.Discounts?.FirstOrDefault(discount => discount.Code is not null)?.Code,
        };

        decimal Major(long amount) => new Money(amount, order.Currency).ToDecimal();
    }
}
