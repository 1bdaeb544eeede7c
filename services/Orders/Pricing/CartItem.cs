namespace ShopFlow.Orders.Pricing;

internal sealed record CartItem(string Sku, int Quantity);
