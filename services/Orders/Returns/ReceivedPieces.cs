namespace ShopFlow.Orders.Returns;

/// <param name="Sku">Of a line of the return.</param>
/// <param name="Quantity">Pieces that arrived.</param>
/// <param name="Restock">Whether they can be sold again.</param>
internal sealed record ReceivedPieces(string? Sku, int? Quantity, bool Restock = true);
