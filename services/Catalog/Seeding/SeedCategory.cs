namespace ShopFlow.Catalog.Seeding;

internal sealed record SeedCategory(string Slug, string Name, IReadOnlyList<SeedCategory>? Children);
