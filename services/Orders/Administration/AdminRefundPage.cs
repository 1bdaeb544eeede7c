using ShopFlow.Orders.History;

namespace ShopFlow.Orders.Administration;

/// <param name="Refunds">The newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record AdminRefundPage(IReadOnlyList<AdminRefund> Refunds, int Total, string? Next);

/// <param name="OrderId">Whose money goes back.</param>
/// <param name="Refund">As the shopper sees it.</param>
internal sealed record AdminRefund(Guid OrderId, RefundView Refund);
