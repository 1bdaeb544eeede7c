using Microsoft.EntityFrameworkCore;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Products;
using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Catalog.Seeding;

/// <summary>Fills an empty catalogue at the first start, all or nothing.</summary>
internal sealed class FirstCatalogue(IServiceScopeFactory scopes, TimeProvider time, ILogger<FirstCatalogue> log) : IHostedService
{
    /// <summary>Any number, as long as nothing else in this database locks it.</summary>
    private const long SeedLock = 0x53_48_4F_50_53_45_45_44;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();

        // Replicas that start together wait for each other; all but the first find the catalogue filled.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SeedLock})", cancellationToken);

        if (await db.Categories.AnyAsync(cancellationToken))
            return;

        var file = SeedFile.Read();
        var products = file.Products.Select(ToProduct).ToList();
        db.Categories.AddRange(file.Categories.SelectMany((category, position) => WithChildren(category, position, parent: null)));
        db.Products.AddRange(products);
        db.Publish(new ProductsChanged(
            [.. products.Select(product => product.Id.ToString())],
            [.. products.SelectMany(product => product.Variants).Select(variant => variant.Sku)]));

        await db.SaveChangesAsync(cancellationToken);
        await db.RefreshLowestPricesAsync([.. products.Select(product => product.Id)], cancellationToken);
        await db.AnnounceProductsChangeAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.LogInformation("Filled the catalogue with {Count} products", products.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Category> WithChildren(SeedCategory category, int position, string? parent)
    {
        yield return new() { Slug = category.Slug, Name = category.Name, ParentSlug = parent, Position = position };

        foreach (var child in (category.Children ?? []).SelectMany((below, i) => WithChildren(below, i, category.Slug)))
            yield return child;
    }

    private Product ToProduct(SeedProduct seed) => new()
    {
        Id = seed.Id,
        Slug = seed.Slug,
        Name = seed.Name,
        Brand = seed.Brand,
        Description = seed.Description,
        CategorySlug = seed.Category,
        TaxClass = seed.TaxClass,
        Options = seed.Options,
        UpdatedAt = time.GetUtcNow(),
        Variants = [.. seed.Variants.Select((variant, position) => ToVariant(variant, position, seed.Options))],
    };

    private static Variant ToVariant(SeedVariant seed, int position, string[] options) => new()
    {
        Sku = seed.Sku,
        Position = position,
        OptionValues = [.. options.Select(option => seed.Options[option])],
        OptionPairs = Variant.PairsOf(options, options.Select(option => seed.Options[option])),
        WeightGrams = seed.Weight,
        Prices = [.. seed.Prices.Select(price => new Price { Currency = price.Key, Amount = price.Value })],
    };
}
