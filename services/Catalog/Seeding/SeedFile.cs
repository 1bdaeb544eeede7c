using System.Text.Json;

namespace ShopFlow.Catalog.Seeding;

/// <summary>The shape of Data/products.json: amounts in minor units, weights in grams.</summary>
internal sealed record SeedFile(IReadOnlyList<SeedCategory> Categories, IReadOnlyList<SeedProduct> Products)
{
    public static SeedFile Read()
    {
        using var file = typeof(SeedFile).Assembly.GetManifestResourceStream("products.json")!;
        return JsonSerializer.Deserialize(file, CatalogJson.Default.SeedFile)!;
    }
}
