namespace ShopFlow.Cart.Storage;

/// <param name="Version">Grows with every change, and is never used again, not even for another cart of the same key. 0 for no cart.</param>
/// <param name="Currency">Null until the shopper has chosen one.</param>
/// <param name="Lines">In the order in which they were added.</param>
internal sealed record StoredCart(long Version, string? Currency, IReadOnlyList<StoredLine> Lines)
{
    public static readonly StoredCart None = new(0, null, []);
}
