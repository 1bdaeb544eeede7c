using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Cart;
using ShopFlow.Cart.Prices;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Cart;

/// <summary>The cart service on a real Redis, with a catalog that answers from memory and no broker.</summary>
internal sealed class CartUnderTest : IAsyncDisposable
{
    private readonly TestTokens _tokens = new();
    private readonly WebApplicationFactory<CartOptions> _factory;

    private CartUnderTest(string redis) => _factory = new WebApplicationFactory<CartOptions>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:cache", redis);
        host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        host.UseSetting("services:catalog:http:0", "http://127.0.0.1:1");
        host.UseSetting("Cart:PriceLifetime", "00:00:00.0000001");
        host.ConfigureTestServices(services =>
        {
            services.AddSingleton<IJwksSource>(_tokens);
            services.AddSingleton<TimeProvider>(Time);
            services.AddHttpClient<CatalogOffers>().ConfigurePrimaryHttpMessageHandler(() => Catalog);
        });
    });

    public FakeOffers Catalog { get; } = new();

    public SettableTime Time { get; } = new();

    public IServiceProvider Services => _factory.Services;

    public static async Task<CartUnderTest> StartAsync(RedisServer redis) => new(await redis.RunningAddressAsync());

    public HttpClient Guest(string? cartId = null)
    {
        var client = _factory.CreateClient(new() { HandleCookies = false });
        if (cartId is not null)
            client.DefaultRequestHeaders.Add("Cart-Id", cartId);
        return client;
    }

    public HttpClient User(string userId, string? cartId = null)
    {
        var client = Guest(cartId);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.Issue(userId: userId));
        return client;
    }

    /// <summary>A guest with a cart that holds one line.</summary>
    public async Task<(HttpClient Client, string CartId)> GuestWithAsync(string sku, int quantity)
    {
        using var stranger = Guest();
        using var added = await stranger.PostAsJsonAsync("/cart/items", new { sku, quantity });
        var id = added.EnsureSuccessStatusCode().Headers.GetValues("Cart-Id").Single();
        return (Guest(id), id);
    }

    public static async Task<JsonElement> CartOf(HttpClient client) => await client.GetFromJsonAsync<JsonElement>("/cart");

    public static async Task<Dictionary<string, int>> PiecesOf(HttpClient client) => (await CartOf(client)).GetProperty("items")
        .EnumerateArray().ToDictionary(item => item.GetProperty("sku").GetString()!, item => item.GetProperty("quantity").GetInt32());

    public ValueTask DisposeAsync() => _factory.DisposeAsync();
}
