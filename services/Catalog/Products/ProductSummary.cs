namespace ShopFlow.Catalog.Products;

/// <summary><c>Price</c> is the lowest of the variants', in major units.</summary>
internal sealed record ProductSummary(
    Guid Id, string Name, string Category, decimal Price, string Currency, string ImageUrl, IReadOnlyList<VariantSummary> Variants);
