namespace ShopFlow.Cart.Reading;

/// <summary>One SKU of a cart.</summary>
/// <param name="Sku">The variant.</param>
/// <param name="ProductId">Null, like what follows from it, when the variant was never for sale in the cart's currency.</param>
/// <param name="Name">With its options.</param>
/// <param name="UnitPrice">Null when it is not for sale.</param>
/// <param name="Quantity">Pieces.</param>
/// <param name="LineTotal">Null when it is not for sale.</param>
/// <param name="Available">Pieces that can be bought, as last heard; null when nobody answers.</param>
/// <param name="ImageUrl">At the gateway.</param>
internal sealed record CartLineView(
    string Sku, string? ProductId, string? Name, decimal? UnitPrice, int Quantity, decimal? LineTotal, int? Available, string? ImageUrl);
