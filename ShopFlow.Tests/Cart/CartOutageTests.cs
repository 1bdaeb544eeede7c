using System.Net;
using System.Net.Http.Json;
using ShopFlow.Tests.Servers;
using static ShopFlow.Tests.Cart.CartUnderTest;

namespace ShopFlow.Tests.Cart;

/// <summary>On a Redis of its own, which comes and goes.</summary>
public sealed class CartOutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly RedisServer _redis = new();
    private CartUnderTest _cart = null!;

    public async ValueTask InitializeAsync()
    {
        _cart = await StartAsync(_redis);
        _cart.Catalog.Sell("TEE", 1999);
    }

    public async ValueTask DisposeAsync()
    {
        await _cart.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Without_redis_a_shopper_is_told_so_soon_and_afterwards_the_cart_is_there_again()
    {
        var (client, _) = await _cart.GuestWithAsync("TEE", 2);

        await _redis.StopAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var refused = await client.PostAsJsonAsync("/cart/items", new { sku = "TEE" }, limit.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await _redis.StartAsync();
        await Eventually.TrueAsync(async () => (await client.GetAsync("/cart")).IsSuccessStatusCode, Limit, () => "the cart does not come back");
        Assert.Equal(2, (await PiecesOf(client))["TEE"]);
    }
}
