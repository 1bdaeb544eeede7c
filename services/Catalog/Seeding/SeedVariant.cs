namespace ShopFlow.Catalog.Seeding;

internal sealed record SeedVariant(string Sku, Dictionary<string, string> Options, int Weight, Dictionary<string, long> Prices);
