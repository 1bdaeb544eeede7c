namespace ShopFlow.Orders.Fulfilment;

/// <summary>Some pieces of a line of an order.</summary>
internal sealed record PieceRequest(string? Sku, int? Quantity);
