namespace ShopFlow.Search.Index;

/// <summary>What the index keeps of a product.</summary>
/// <param name="NameLength">Words of the name, without stop words.</param>
/// <param name="Facets">Ids of all its facets: categories from the top down, brand, options of all variants.</param>
/// <param name="LowestPrices">Of its variants, in minor units, in the order of the currencies.</param>
/// <param name="ChangedIn">The transaction that wrote it.</param>
internal sealed record IndexedDocument(
    Guid Id,
    string Name,
    string Brand,
    string Category,
    int NameLength,
    int[] Facets,
    long[] LowestPrices,
    IndexedVariant[] Variants,
    long ChangedIn)
{
    public string ImageUrl => $"/images/{Id:D}.svg";

    public bool IsInStock => Array.Exists(Variants, variant => variant.Stock.Available > 0);
}
