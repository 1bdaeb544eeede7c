namespace ShopFlow.Orders.History;

/// <summary>Amounts in major units of the order's currency.</summary>
internal sealed record OrderLineView(string Sku, string ProductId, string Name, int Quantity, decimal UnitPrice, decimal Total);
