using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Editing;

/// <summary>What was saved; its version is in the ETag header.</summary>
internal sealed record EditedProduct(Guid Id, string Slug, ProductStatus Status, IReadOnlyList<string> Skus);
