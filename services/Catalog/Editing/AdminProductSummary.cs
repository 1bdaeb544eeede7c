using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Editing;

internal sealed record AdminProductSummary(Guid Id, string Slug, string Name, string Category, ProductStatus Status, DateTimeOffset UpdatedAt);
