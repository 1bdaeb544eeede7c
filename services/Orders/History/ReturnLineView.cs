namespace ShopFlow.Orders.History;

/// <param name="Restocked">Pieces of the received ones that can be sold again.</param>
internal sealed record ReturnLineView(string Sku, int Quantity, int Received, int Restocked, int Rejected, string? RejectedBecause);
