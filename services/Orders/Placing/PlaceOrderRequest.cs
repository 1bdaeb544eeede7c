using System.Text.Json.Serialization;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Placing;

/// <param name="Items">What to buy; null for what is in the cart of whose order it is.</param>
/// <param name="Currency">The cart's own, or USD, when left out.</param>
/// <param name="ShippingAddress">Null when the goods are collected.</param>
/// <param name="ShippingOption">The zone's first when left out.</param>
/// <param name="PaymentMethod">Name of a card at the provider.</param>
/// <param name="Email">Required of a guest.</param>
/// <param name="UserId">Whose order it is, as clients of older systems say: the caller, or anybody for an administrator.</param>
/// <param name="PromotionCode">A coupon's; in capital or small letters.</param>
internal sealed record PlaceOrderRequest(
    IReadOnlyList<RequestedItem?>? Items,
    string? Currency,
    ShippingAddress? ShippingAddress,
    string? ShippingOption,
    string? PaymentMethod,
    string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PromotionCode = null)
{
    private const string DefaultPaymentMethod = "card";

    internal QuoteRequest Basket => new(Items, Currency, ShippingAddress, ShippingOption, PromotionCode);

    /// <summary>The request as it is understood: what was left out has its default, so that two requests can be compared.</summary>
    public PlaceOrderRequest WithDefaults() => this with
    {
        Currency = Currency ?? (Items is null ? null : Quoting.DefaultCurrency),
        PromotionCode = PromotionCode?.ToUpperInvariant(),
        PaymentMethod = PaymentMethod ?? DefaultPaymentMethod,
    };
}
