using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Stock;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Auth;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Catalog;

/// <summary>The catalogue, filled from its file, on a database of its own, without a broker.</summary>
public sealed class CatalogUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TestTokens _tokens = new();
    private string _connectionString = null!;

    /// <summary>Where Redis is; by default nowhere.</summary>
    internal string Cache { get; init; } = "127.0.0.1:1,connectTimeout=500";

    internal SettableTime Time { get; } = new();

    internal WebApplicationFactory<CatalogDbContext> Factory { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        Factory = Start();
        // To follow redirects, a client would keep what it sends in memory, and files are large.
        Client = Factory.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    /// <summary>Another replica on the same database.</summary>
    internal WebApplicationFactory<CatalogDbContext> Start() => new WebApplicationFactory<CatalogDbContext>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:catalogdb", _connectionString);
        host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        host.UseSetting("ConnectionStrings:cache", Cache);
        host.ConfigureTestServices(services => services.AddSingleton<IJwksSource>(_tokens).AddSingleton<TimeProvider>(Time));
    });

    internal Task<JsonElement> GetAsync(string path) => Client.GetFromJsonAsync<JsonElement>(path);

    internal async Task<List<JsonElement>> ProductsAsync(string query = "limit=100") =>
        [.. (await GetAsync($"/products?{query}")).GetProperty("products").EnumerateArray()];

    internal Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? eTag = null, string role = "admin") =>
        SendContentAsync(method, path, body is null ? null : JsonContent.Create(body), eTag, role);

    internal Task<HttpResponseMessage> SendContentAsync(
        HttpMethod method, string path, HttpContent? content, string? eTag = null, string role = "admin", CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.Issue(role));
        if (eTag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", eTag);

        return Client.SendAsync(request, cancellationToken);
    }

    /// <summary>As the consumer does it: the handler in a transaction of its own.</summary>
    internal async Task StockIsAsync(params StockLevel[] levels)
    {
        await using var scope = Factory.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await new StockLevelsChangedHandler(db).HandleAsync([new(levels)], CancellationToken.None);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    internal async Task<int> AvailableAsync(string productId, string sku) =>
        (await GetAsync($"/products/{productId}")).GetProperty("variants").EnumerateArray()
        .Single(variant => variant.GetProperty("sku").GetString() == sku)
        .GetProperty("available").GetInt32();
}
