namespace ShopFlow.Catalog.Categories;

internal sealed record EditedCategory(string Slug, string Name, string? Parent, int Position);
