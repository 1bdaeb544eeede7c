using ShopFlow.Orders.Fulfilment;

namespace ShopFlow.Orders.Returns;

/// <param name="Lines">Null for everything that is undecided.</param>
/// <param name="Reason">What the shopper is told.</param>
internal sealed record RejectRequest(IReadOnlyList<PieceRequest?>? Lines, string? Reason);
