namespace ShopFlow.Cart.Storage;

/// <summary>One SKU of a cart, and how it was for sale when the shopper last changed the cart.</summary>
/// <param name="Sku">The variant.</param>
/// <param name="Quantity">Pieces, at least 1.</param>
/// <param name="Added">Grows from line to line, in the order in which they were added.</param>
/// <param name="Seen">Null when it was not for sale.</param>
internal sealed record StoredLine(string Sku, int Quantity, long Added, SeenOffer? Seen);
