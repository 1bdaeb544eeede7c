namespace ShopFlow.Cli.Bench;

/// <summary>A product with two variants, which differ in size.</summary>
/// <param name="Price">In major units; the same figure in every currency.</param>
internal sealed record GeneratedProduct(
    string Slug, string Name, string Brand, string Description, string Category, IReadOnlyList<(string Sku, string Size)> Variants, int Price);
