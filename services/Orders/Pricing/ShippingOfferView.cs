namespace ShopFlow.Orders.Pricing;

internal sealed record ShippingOfferView(string Code, string Name, decimal Amount);
