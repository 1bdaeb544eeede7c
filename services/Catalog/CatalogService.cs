using ShopFlow.Catalog.Bulk;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Categories;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Editing;
using ShopFlow.Catalog.Feed;
using ShopFlow.Catalog.Images;
using ShopFlow.Catalog.Pricing;
using ShopFlow.Catalog.Products;
using ShopFlow.Catalog.Seeding;
using ShopFlow.Catalog.Stock;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog;

internal static class CatalogService
{
    public static void AddCatalog(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<CatalogDbContext>("catalogdb");
        builder.AddMessaging<CatalogDbContext>("messaging", messaging => messaging.Consume<StockLevelsChanged, StockLevelsChangedHandler>());

        builder.Services.AddSingleton<PriceReader>();

        // The catalogue works without its cache, so Redis has no say in whether it is ready, and is connected off the path of the start.
        builder.AddRedisClient("cache", redis =>
        {
            redis.DisableHealthChecks = true;
            redis.DisableAutoActivation = true;
        });

        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CatalogJson.Default));

        builder.Services.AddSingleton<CatalogGeneration>();
        builder.Services.AddSingleton<ResponseCache>();
        builder.Services.AddSingleton<SharedCache>();
        builder.Services.AddSingleton<ChangeBroadcast>();
        builder.Services.AddSingleton<ProductPages>();
        builder.Services.AddSingleton<ProductDetails>();

        builder.Services.AddScoped<ProductImport>();

        builder.Services.AddHostedService<FirstCatalogue>();
        builder.Services.AddHostedService<ChangePoll>();
        builder.Services.AddHostedService<ChangeListener>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SharedCache>());
        builder.Services.AddHostedService(services => services.GetRequiredService<PriceReader>());
    }

    public static void MapCatalog(this WebApplication app)
    {
        var products = app.MapGroup("/products").WithTags("Products");
        products.MapProductReads();
        products.MapEditing();

        var admin = app.MapGroup("/admin/products").WithTags("Products").RequireAuthorization(Policies.Admin);
        admin.MapAdminReads();
        admin.MapImport();
        admin.MapExport();

        app.MapCategories();
        app.MapCategoryEditing();
        app.MapImages();
        app.MapInternalPrices();
        app.MapInternalProducts();
        app.MapInternalFeed();
    }
}
