using ShopFlow.Orders.Fulfilment;

namespace ShopFlow.Orders.Refunds;

/// <param name="Lines">Pieces that are refunded without coming back: lost, broken. Null for none.</param>
/// <param name="Reason">For the books.</param>
/// <param name="Shipping">Whether what was paid for shipping goes back.</param>
internal sealed record RefundForm(IReadOnlyList<PieceRequest?>? Lines, string? Reason, bool Shipping = false);
