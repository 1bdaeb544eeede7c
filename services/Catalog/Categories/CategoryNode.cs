namespace ShopFlow.Catalog.Categories;

internal sealed record CategoryNode(string Slug, string Name, IReadOnlyList<CategoryNode> Children);
