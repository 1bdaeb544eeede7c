namespace ShopFlow.Orders.Administration;

/// <param name="Orders">The newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record AdminOrderPage(IReadOnlyList<AdminOrderRow> Orders, int Total, string? Next);
