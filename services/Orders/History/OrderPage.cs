namespace ShopFlow.Orders.History;

/// <param name="Orders">The newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record OrderPage(IReadOnlyList<OrderView> Orders, int Total, string? Next);
