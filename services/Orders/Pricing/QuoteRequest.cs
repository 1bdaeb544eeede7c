using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Pricing;

/// <param name="Items">What to buy; null for what is in the caller's cart.</param>
/// <param name="Currency">The cart's own, or USD, when left out.</param>
/// <param name="ShippingAddress">Null when the goods are collected.</param>
/// <param name="ShippingOption">The zone's first when left out.</param>
/// <param name="PromotionCode">A coupon's; in capital or small letters.</param>
internal sealed record QuoteRequest(
    IReadOnlyList<RequestedItem?>? Items, string? Currency, ShippingAddress? ShippingAddress, string? ShippingOption, string? PromotionCode = null);
