namespace ShopFlow.Search.Querying;

/// <summary>As lists of products have it. <c>Price</c> is the lowest of the variants', in major units.</summary>
internal sealed record FoundProduct(
    Guid Id, string Name, string Brand, string Category, decimal Price, string Currency, string ImageUrl, IReadOnlyList<FoundVariant> Variants);
