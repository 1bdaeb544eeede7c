using OpenTelemetry.Metrics;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Recommendations.Catalogue;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Data;
using ShopFlow.Recommendations.Reading;
using ShopFlow.Recommendations.Views;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations;

internal static class RecommendationsService
{
    public static void AddRecommendations(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<RecommendationsDbContext>("recommendationsdb");
        builder.AddMessaging<RecommendationsDbContext>("messaging", messaging => messaging
            .Consume<OrderPlaced, CountOrders>()
            .Consume<OrderConfirmed, CountOrders>()
            .Consume<OrderCancelled, CountOrders>()
            .Consume<ProductsChanged, NoteChangedProducts>()
            .Consume<StockLevelsChanged, NoteStockLevels>());

        builder.AddSettings<RecommendationsOptions>("Recommendations");
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RecommendationsJson.Default));

        services.AddScoped<CountTables>();
        services.AddScoped<RebuildCounts>();
        services.AddScoped<ForgetBaskets>();
        services.AddHostedService<Forgetting>();
        services.AddScoped<Ranking>();
        services.AddScoped<Shelves>();

        services.AddHttpClient<CatalogueClient>(http => http.BaseAddress = new("http://catalog"));
        services.AddScoped<LearnProducts>();
        services.AddSingleton<Categories>();
        services.AddHostedService<CatalogueFollower>();

        services.AddHttpContextAccessor();
        services.AddScoped<Visitor>();
        services.AddSingleton<ViewBuffer>();
        services.AddScoped<CountViews>();
        services.AddHostedService<ViewCounter>();
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(ViewBuffer.MeterName));
    }

    public static void MapRecommendations(this WebApplication app)
    {
        var recommendations = app.MapGroup("/recommendations")
            .RequireAuthorization(Policies.Anybody).AddEndpointFilter<CatalogueIsAway>().WithTags("Recommendations");
        recommendations.MapGet("/", GetRecommendations.HandleAsync).WithName("GetRecommendations").ProducesProblem(StatusCodes.Status404NotFound);
        recommendations.MapGet("/popular", GetPopular.HandleAsync).WithName("GetPopular").ProducesProblem(StatusCodes.Status404NotFound);

        app.MapPost("/products/{id}/views", RecordView.Handle)
            .RequireAuthorization(Policies.Anybody).WithName("RecordView").WithTags("Recommendations").ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/admin/recommendations/rebuild", Rebuild.HandleAsync)
            .RequireAuthorization(Policies.Admin).DisableRequestTimeout().WithName("RebuildRecommendations").WithTags("Recommendations");
    }
}
