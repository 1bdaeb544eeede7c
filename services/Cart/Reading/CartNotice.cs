namespace ShopFlow.Cart.Reading;

/// <param name="Sku">The line.</param>
/// <param name="Kind">What changed.</param>
/// <param name="From">The price that the shopper was shown, or the pieces in the cart.</param>
/// <param name="To">The price, or the pieces that can be bought, now; null when there is none.</param>
internal sealed record CartNotice(string Sku, CartNoticeKind Kind, decimal? From, decimal? To);
