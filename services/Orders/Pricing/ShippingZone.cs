namespace ShopFlow.Orders.Pricing;

/// <param name="Name">As a shopper reads it.</param>
/// <param name="Places">See <see cref="RateSheet"/>.</param>
/// <param name="Options">The first is taken when the shopper names none.</param>
internal sealed record ShippingZone(string Name, IReadOnlyList<string> Places, IReadOnlyList<ShippingOption> Options);
