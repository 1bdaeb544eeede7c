namespace ShopFlow.Cart.Reading;

/// <summary>A cart as its owner sees it; amounts in major units of <c>Currency</c>.</summary>
/// <param name="Id">What a guest sends as Cart-Id; a user's id; null for a guest who has no cart yet.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Currency">What the prices are in.</param>
/// <param name="Items">In the order in which they were added.</param>
/// <param name="Subtotal">Of what is for sale, without shipping and tax.</param>
/// <param name="Changes">
/// What is not as it was when the shopper last changed the cart. Reading has no effect, so a change is told until the next one.
/// </param>
/// <param name="PricesAreStale">Catalog does not answer: the prices are those that the shopper was shown last.</param>
internal sealed record CartView(
    string? Id,
    long Version,
    string Currency,
    IReadOnlyList<CartLineView> Items,
    decimal Subtotal,
    IReadOnlyList<CartNotice> Changes,
    bool PricesAreStale);
