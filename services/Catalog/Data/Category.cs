namespace ShopFlow.Catalog.Data;

internal sealed class Category
{
    public required string Slug { get; init; }

    public required string Name { get; set; }

    public string? ParentSlug { get; set; }

    /// <summary>Place among its siblings.</summary>
    public required int Position { get; set; }
}
