using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Gateway;
using ShopFlow.Tests.Auth;
using ShopFlow.Tests.Servers;
using StackExchange.Redis;

namespace ShopFlow.Tests.Gateway.RateLimiting;

/// <summary>Two gateways with low limits and a real Redis, on one clock whose time of day stands still.</summary>
public sealed class RateLimitTests(RedisServer redis) : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly TestTokens _tokens = new();
    private readonly List<WebApplicationFactory<GatewayOptions>> _gateways = [];
    private readonly StoppedClock _clock = new();
    private FakeServices _services = null!;

    public async ValueTask InitializeAsync()
    {
        await redis.RunningAddressAsync();
        _services = new(_tokens.Jwks);
        await _services.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Beyond_the_limit_is_a_429_that_says_when_to_come_back()
    {
        var gateway = Start();
        var user = Guid.NewGuid();
        for (var left = 4; left >= 0; left--)
        {
            var answer = await OrderAsync(gateway, user);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("\"order\";q=5;w=60", answer.Headers.GetValues("RateLimit-Policy").Single());
            Assert.Equal($"\"order\";r={left}", answer.Headers.GetValues("RateLimit").Single());
        }

        var refused = await OrderAsync(gateway, user);

        Assert.Equal("too-many-requests", await refused.ProblemAsync(HttpStatusCode.TooManyRequests));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 120);
        Assert.Equal(5, _services.Count);
    }

    [Fact]
    public async Task Callers_and_kinds_of_requests_are_counted_apart()
    {
        var gateway = Start();
        var user = Guid.NewGuid();
        await ExhaustAsync(gateway, user);

        Assert.Equal(HttpStatusCode.OK, (await OrderAsync(gateway, Guid.NewGuid())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await OrderAsync(gateway, null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, HttpMethod.Get, "/orders", user)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, HttpMethod.Post, "/orders/1/cancel", user)).StatusCode);
    }

    [Fact]
    public async Task Passwords_are_counted_by_address_whoever_the_caller_says_to_be()
    {
        var gateway = Start();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, HttpMethod.Post, "/auth/login", Guid.NewGuid())).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, HttpMethod.Post, "/auth/register", Guid.NewGuid())).StatusCode);
    }

    [Fact]
    public async Task Replicas_count_together()
    {
        var (one, other) = (Start(), Start());
        var user = Guid.NewGuid();
        await OrderAsync(other, user);
        await ExhaustAsync(one, user);

        // The other one hears of it with the first request that it lets through.
        await Eventually.TrueAsync(
            async () => (await OrderAsync(other, user)).StatusCode == HttpStatusCode.TooManyRequests, s_limit, () => "the other gateway should refuse too");
        Assert.InRange(_services.Count, 6, 9);
    }

    [Fact]
    public async Task Without_Redis_each_replica_still_has_its_limit()
    {
        var gateway = Start($"127.0.0.1:{NativeServer.FreePort()},connectTimeout=200");
        var user = Guid.NewGuid();

        await ExhaustAsync(gateway, user);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await OrderAsync(gateway, user)).StatusCode);
    }

    [Fact]
    public async Task A_call_to_Redis_that_ends_as_cancelled_is_repeated_and_ends_no_gateway()
    {
        var calls = 0;
        var gateway = Start(services: services => services.AddSingleton<IConnectionMultiplexer>(_ =>
        {
            Interlocked.Increment(ref calls);
            throw new TaskCanceledException();
        }));

        await Eventually.TrueAsync(
            async () => (await OrderAsync(gateway, Guid.NewGuid())).StatusCode == HttpStatusCode.OK && Volatile.Read(ref calls) >= 3,
            s_limit,
            () => $"Redis was called {calls} times");
    }

    private HttpClient Start(string? redisAddress = null, Action<IServiceCollection>? services = null)
    {
        var factory = new WebApplicationFactory<GatewayOptions>().WithWebHostBuilder(host =>
        {
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("ConnectionStrings:cache", redisAddress ?? redis.Address);
            foreach (var service in (string[])["auth", "orders"])
                host.UseSetting($"services:{service}:http:0", _services.Address);
            host.UseSetting("Gateway:RateLimits:Order", "5");
            host.UseSetting("Gateway:RateLimits:Password", "5");
            host.UseSetting("Gateway:RateLimits:ShareInterval", "00:00:00.020");
            host.ConfigureTestServices(own =>
            {
                own.AddSingleton<TimeProvider>(_clock);
                services?.Invoke(own);
            });
        });
        _gateways.Add(factory);
        factory.UseKestrel(0);
        factory.StartServer();
        return new HttpClient { BaseAddress = factory.ClientOptions.BaseAddress };
    }

    private async Task ExhaustAsync(HttpClient gateway, Guid user)
    {
        while ((await OrderAsync(gateway, user)).StatusCode == HttpStatusCode.OK)
            Assert.True(_services.Count <= 20, "nothing is ever refused");
    }

    private Task<HttpResponseMessage> OrderAsync(HttpClient gateway, Guid? user) => SendAsync(gateway, HttpMethod.Post, "/orders", user);

    private async Task<HttpResponseMessage> SendAsync(HttpClient gateway, HttpMethod method, string path, Guid? user)
    {
        using var request = new HttpRequestMessage(method, path);
        if (user is { } id)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.IssueTo(id, "customer"));
        return await gateway.SendAsync(request);
    }

    /// <summary>Timers run.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
