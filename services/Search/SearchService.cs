using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Search.Data;
using ShopFlow.Search.Following;
using ShopFlow.Search.Querying;
using ShopFlow.Search.Rebuilding;
using ShopFlow.Search.Text;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Search;

internal static class SearchService
{
    public static void AddSearch(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<SearchDbContext>("searchdb");
        builder.AddMessaging<SearchDbContext>("messaging", messaging => messaging
            .Consume<ProductsChanged, NoteChangedProducts>()
            .Consume<StockLevelsChanged, KeepStockLevels>());

        builder.AddSettings<SearchOptions>("Search");
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SearchJson.Default));

        services.AddSingleton(provider => Synonyms.Read(provider.GetRequiredService<SearchOptions>().SynonymsFile));
        services.AddSingleton<Searcher>();
        services.AddSingleton<Suggester>();

        services.AddHttpClient<CatalogClient>(http => http.BaseAddress = new("http://catalog"));
        services.AddSingleton<CurrentIndex>();
        services.AddSingleton<SearchTelemetry>();
        services.AddHostedService<ChangeReader>();
        services.AddHostedService<RebuildRun>();
        services.AddHostedService<IndexFollower>();
        services.AddHealthChecks().AddCheck<IndexHealthCheck>("index");
    }

    public static void MapSearch(this WebApplication app)
    {
        app.MapSearchReads();
        app.MapRebuild();
    }
}
