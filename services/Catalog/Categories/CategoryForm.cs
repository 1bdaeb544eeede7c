namespace ShopFlow.Catalog.Categories;

/// <summary>
/// What an admin sends to create or change a category. <c>Slug</c> is given once, at creation; <c>Parent</c> is the slug of the
/// category above, null at the top; <c>Position</c> is the place among the siblings, at the end when it is left out.
/// </summary>
internal sealed record CategoryForm(string? Slug, string? Name, string? Parent, int? Position);
