namespace ShopFlow.Catalog.Categories;

internal sealed record CategoryList(IReadOnlyList<CategoryNode> Categories);
