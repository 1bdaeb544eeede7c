using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Recommendations.Catalogue;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Data;
using ShopFlow.Recommendations.Views;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Recommendations;

/// <summary>The service on a database of its own, with a catalogue that answers from memory and no broker: events are handed to it.</summary>
public sealed class RecommendationsUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TestTokens _tokens = new();
    private WebApplicationFactory<RecommendationsDbContext> _factory = null!;
    private long _revision;

    internal FakeCatalogue Catalogue { get; } = new();

    internal SettableTime Time { get; } = new();

    internal IServiceProvider Services => _factory.Services;

    internal HttpClient Guest { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        _factory = new WebApplicationFactory<RecommendationsDbContext>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:recommendationsdb", database);
            host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
            host.UseSetting("Recommendations:FollowInterval", "00:01:00");
            host.UseSetting("Recommendations:ViewDelay", "00:00:00.05");
            host.UseSetting("Recommendations:MostProductsOfAVisit", "5");
            host.ConfigureTestServices(services =>
            {
                services.AddSingleton<IJwksSource>(_tokens);
                services.AddSingleton<TimeProvider>(Time);
                services.AddHttpClient<CatalogueClient>().ConfigurePrimaryHttpMessageHandler(() => Catalogue);
            });
        });
        Guest = Client();
    }

    public ValueTask DisposeAsync() => _factory.DisposeAsync();

    /// <summary>A browser of its own, signed in if a role is given.</summary>
    internal HttpClient Client(string? role = null, bool keepsCookies = true)
    {
        var client = _factory.CreateClient(new() { HandleCookies = keepsCookies });
        if (role is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.Issue(roles: [role]));
        return client;
    }

    /// <summary>A product that the service has heard of from catalog and inventory.</summary>
    internal async Task<Guid> SellAsync(string category = "kettles", int available = 10)
    {
        var id = Guid.CreateVersion7();
        Catalogue.Sell(id, category, available);
        await AnnounceAsync(id);
        await StockIsAsync(id, available);
        return id;
    }

    internal async Task ArchiveAsync(Guid product)
    {
        Catalogue.Archive(product);
        await AnnounceAsync(product);
    }

    internal async Task AnnounceAsync(params Guid[] products)
    {
        await DeliverAsync<ProductsChanged, NoteChangedProducts>(new ProductsChanged([.. products.Select(id => id.ToString())], []));
        await FollowAsync();
    }

    internal Task StockIsAsync(Guid product, int available, long? revision = null) =>
        DeliverAsync<StockLevelsChanged, NoteStockLevels>(
            new StockLevelsChanged([new(FakeCatalogue.SkuOf(product), available, revision ?? Interlocked.Increment(ref _revision))]));

    internal Task FollowAsync() => InScopeAsync<LearnProducts>(async learn =>
    {
        while (await learn.RunAsync(CancellationToken.None) > 0)
        {
        }
    });

    /// <summary>A confirmed order.</summary>
    internal async Task<Guid> BuyAsync(params Guid[] products)
    {
        var order = Guid.CreateVersion7();
        await DeliverAsync<OrderPlaced, CountOrders>(Placed(order, products));
        await DeliverAsync<OrderConfirmed, CountOrders>(Confirmed(order));
        return order;
    }

    internal static OrderPlaced Placed(Guid order, params IEnumerable<Guid> products) =>
        new(order, "user", null, [.. products.Select(id => new OrderLine(FakeCatalogue.SkuOf(id), id.ToString(), "Kettle", 1, 950))], 950, "USD");

    internal static OrderConfirmed Confirmed(Guid order) => new(order, "user", null, 950, "USD");

    internal static OrderCancelled Cancelled(Guid order) => new(order, "user", null, "PaymentDeclined");

    /// <summary>A visit in which these were looked at.</summary>
    internal async Task<Guid> LookAtAsync(params Guid[] products)
    {
        var visit = Guid.NewGuid();
        var today = DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);
        await CountViewsAsync([.. products.Select(product => new View(visit, product, today))]);
        return visit;
    }

    internal Task ForgetAsync() => InScopeAsync<ForgetBaskets>(forget => forget.RunAsync(CancellationToken.None));

    internal Task CountViewsAsync(IReadOnlyCollection<View> views) =>
        InScopeAsync<CountViews>(count => count.HandleAsync(views, CancellationToken.None));

    /// <summary>As the consumer does it: inbox and handler in one transaction.</summary>
    internal Task DeliverAsync<TEvent, THandler>(params IReadOnlyList<TEvent> events)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent> =>
        Services.GetRequiredService<IEventDispatcher>().DeliverAsync<TEvent, THandler>(events);

    internal async Task<RebuildResult> RebuildAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RebuildCounts>().RunAsync(CancellationToken.None);
    }

    /// <summary>In how many baskets two products met; 0 when there is no such pair.</summary>
    internal Task<int> MetAsync(Relation relation, Guid one, Guid other) => WithDbAsync(db => db.Pairs
        .Where(pair => pair.Relation == relation && pair.ProductId == one && pair.OtherId == other)
        .Select(pair => pair.Baskets)
        .SingleOrDefaultAsync());

    internal async Task<T> WithDbAsync<T>(Func<RecommendationsDbContext, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<RecommendationsDbContext>());
    }

    internal Task<JsonElement> GetAsync(string pathAndQuery) => Guest.GetFromJsonAsync<JsonElement>(pathAndQuery);

    private async Task InScopeAsync<T>(Func<T, Task> use)
        where T : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        await use(scope.ServiceProvider.GetRequiredService<T>());
    }
}
