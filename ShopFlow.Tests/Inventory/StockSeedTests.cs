using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog;
using ShopFlow.Inventory.Data;
using ShopFlow.ServiceDefaults.Database;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Inventory;

public sealed class StockSeedTests(PostgresServer postgres, InventoryUnderTest inventory) : IClassFixture<InventoryUnderTest>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_SKU_of_the_first_catalogue_has_opening_stock()
    {
        using var catalogue = JsonDocument.Parse(typeof(CatalogService).Assembly.GetManifestResourceStream("products.json")!);
        var skus = catalogue.RootElement.GetProperty("products").EnumerateArray()
            .SelectMany(product => product.GetProperty("variants").EnumerateArray())
            .Select(variant => variant.GetProperty("sku").GetString()!);

        Assert.Equal(skus.Order(StringComparer.Ordinal), StockSeed.Read().Select(row => row.Sku).Order(StringComparer.Ordinal));
        Assert.All(StockSeed.Read(), row => Assert.InRange(row.Quantity, 20, 500));
        Assert.Equal(StockSeed.Read().Sum(row => row.Quantity), await OpeningUnitsAsync());
    }

    [Fact]
    public async Task Replicas_that_start_at_once_seed_once()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDbContext<InventoryDbContext>(options => options.UseNpgsql(connectionString))
            .AddSingleton<DatabaseMigration<InventoryDbContext>>()
            .BuildServiceProvider();
        var migration = services.GetRequiredService<DatabaseMigration<InventoryDbContext>>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => migration.MigrateAsync(Cancellation)));
        await migration.MigrateAsync(Cancellation);

        var db = services.GetRequiredService<InventoryDbContext>();
        Assert.Equal(StockSeed.Read().Sum(row => row.Quantity), await db.Stock.SumAsync(s => s.Available, Cancellation));
    }

    private Task<long> OpeningUnitsAsync()
    {
        var seeded = StockSeed.Read().Select(row => row.Sku).ToArray();
        return inventory.WithDbAsync(db => db.Stock.Where(s => seeded.Contains(s.Sku)).SumAsync(s => s.Initial));
    }
}
