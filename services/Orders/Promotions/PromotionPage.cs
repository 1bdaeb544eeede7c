namespace ShopFlow.Orders.Promotions;

/// <param name="Promotions">The newest first.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
internal sealed record PromotionPage(IReadOnlyList<PromotionView> Promotions, int Total, string? Next);
