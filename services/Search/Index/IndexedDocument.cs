namespace ShopFlow.Search.Index;

/// <summary>What the index shows of a product; what it finds it by is in <see cref="DocumentColumns"/>.</summary>
/// <param name="ChangedIn">The transaction that wrote it.</param>
internal sealed record IndexedDocument(Guid Id, string Name, string Brand, string Category, IndexedVariant[] Variants, long ChangedIn)
{
    public string ImageUrl => $"/images/{Id:D}.svg";
}
