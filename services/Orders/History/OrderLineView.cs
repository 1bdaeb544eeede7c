using System.Text.Json.Serialization;
using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Orders.History;

/// <summary>Amounts in major units of the order's currency.</summary>
/// <param name="Total">Price times quantity.</param>
/// <param name="TaxRate">Percent.</param>
/// <param name="Tax">Of the total less the discount; within it or on top of it, as the order says.</param>
/// <param name="Discount">What promotions took off the total.</param>
internal sealed record OrderLineView(
    string Sku,
    string ProductId,
    string Name,
    int Quantity,
    decimal UnitPrice,
    decimal Total,
    decimal TaxRate,
    decimal Tax,
    int Shipped,
    int Delivered,
    int Returned,
    decimal Refunded,
    decimal Discount)
{
    /// <summary>What each promotion took off; null when there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscountView>? Discounts { get; init; }

    public static OrderLineView Of(OrderedItem line, Order order)
    {
        return new(
            line.Sku,
            line.ProductId,
            line.Name,
            line.Quantity,
            Major(line.UnitPrice),
            Major(line.Amount),
            line.TaxRate,
            Major(line.Tax),
            line.Shipped,
            line.Delivered,
            line.Returned,
            Major(line.RefundedAmount),
            Major(line.Discount))
        {
            Discounts = DiscountView.Of((order.Discounts ?? []).Where(discount => discount.Line == line.Position), order.Currency),
        };

        decimal Major(long amount) => new Money(amount, order.Currency).ToDecimal();
    }
}
