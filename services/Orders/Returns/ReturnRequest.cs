using ShopFlow.Orders.Fulfilment;

namespace ShopFlow.Orders.Returns;

/// <param name="Lines">Null for everything that was delivered.</param>
/// <param name="Reason">In the shopper's words.</param>
internal sealed record ReturnRequest(IReadOnlyList<PieceRequest?>? Lines, string? Reason);
