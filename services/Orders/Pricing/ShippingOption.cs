namespace ShopFlow.Orders.Pricing;

/// <param name="Code">What a request names: "standard", "express".</param>
/// <param name="Name">As a shopper reads it.</param>
/// <param name="Tariffs">By currency; in a currency without one the option isn't offered.</param>
internal sealed record ShippingOption(string Code, string Name, IReadOnlyDictionary<string, ShippingTariff> Tariffs);
