using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Feed;

/// <summary>A product with everything that an index of the catalogue may want. Archived ones are told too, so that they can be taken out.</summary>
/// <param name="Categories">From the top down to the one that the product is in.</param>
/// <param name="UpdatedAt">Of two answers about a product the one with the later time is true.</param>
internal sealed record FeedProduct(
    Guid Id,
    string Name,
    string Brand,
    string Description,
    IReadOnlyList<FeedCategory> Categories,
    ProductStatus Status,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<string> Options,
    IReadOnlyList<FeedVariant> Variants);
