using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Search.Data;
using ShopFlow.Search.Following;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Auth;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Search;

/// <summary>The search on a database of its own, with a catalogue that answers from memory and no broker.</summary>
public sealed class SearchUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TestTokens _tokens = new();
    private string _connectionString = null!;

    internal FakeCatalogue Catalog { get; } = new();

    internal WebApplicationFactory<SearchDbContext> Factory { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        Factory = Start();
        Client = Factory.CreateClient();
        await EventuallyAsync(async () => (await Client.GetAsync("/search")).IsSuccessStatusCode, "the catalogue is not indexed");
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    /// <summary>Another replica on the same database.</summary>
    internal WebApplicationFactory<SearchDbContext> Start() => new WebApplicationFactory<SearchDbContext>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:searchdb", _connectionString);
        host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        host.UseSetting("Search:FollowInterval", "00:00:00.05");
        host.ConfigureTestServices(services =>
        {
            services.AddSingleton<IJwksSource>(_tokens);
            services.AddHttpClient<CatalogClient>().ConfigurePrimaryHttpMessageHandler(() => Catalog);
        });
    });

    internal Task<JsonElement> SearchAsync(string query) => Client.GetFromJsonAsync<JsonElement>($"/search?{query}");

    /// <summary>Names of the results, in their order.</summary>
    internal static List<string> NamesOf(JsonElement answer) =>
        [.. answer.GetProperty("products").EnumerateArray().Select(product => product.GetProperty("name").GetString()!)];

    internal async Task<List<string>> FoundAsync(string query) => NamesOf(await SearchAsync(query));

    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? role = "admin")
    {
        var request = new HttpRequestMessage(method, path);
        if (role is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.Issue(role));

        return Client.SendAsync(request);
    }

    internal Task ChangedAsync(params IEnumerable<Guid> products) =>
        DeliverAsync<ProductsChanged, NoteChangedProducts>(
            new([.. products.Select(id => id.ToString())], []) { OccurredAt = DateTimeOffset.UtcNow });

    internal Task StockIsAsync(params StockLevel[] levels) => DeliverAsync<StockLevelsChanged, KeepStockLevels>(new(levels));

    internal static Task EventuallyAsync(Func<Task<bool>> condition, string otherwise) => Eventually.TrueAsync(condition, Limit, () => otherwise);

    private Task DeliverAsync<TEvent, THandler>(TEvent e)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent> =>
        Factory.Services.GetRequiredService<IEventDispatcher>().DeliverAsync<TEvent, THandler>(e);
}
