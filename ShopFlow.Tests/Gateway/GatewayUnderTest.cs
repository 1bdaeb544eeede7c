using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using ShopFlow.Gateway;
using ShopFlow.Tests.Auth;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Gateway;

/// <summary>The gateway on a real socket before fake services; payments has an address where nobody listens.</summary>
public sealed class GatewayUnderTest : IAsyncLifetime
{
    /// <summary>The one origin whose pages may ask.</summary>
    internal const string Shop = "https://shop.example";

    private readonly TestTokens _tokens = new();
    private WebApplicationFactory<GatewayOptions> _factory = null!;

    internal FakeServices Services { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Services = new(_tokens.Jwks);
        await Services.StartAsync();

        _factory = new WebApplicationFactory<GatewayOptions>().WithWebHostBuilder(host =>
        {
            host.UseSetting("urls", "http://127.0.0.1:0");
            foreach (var service in (string[])["auth", "catalog", "inventory", "orders", "notifications", "recommendations", "search"])
                host.UseSetting($"services:{service}:http:0", Services.Address);

            host.UseSetting("services:payments:http:0", $"http://127.0.0.1:{NativeServer.FreePort()}");
            host.UseSetting("Gateway:AllowedOrigins:0", Shop);
            host.UseSetting("Gateway:ReadLimit", "00:00:03");
            host.UseSetting("Gateway:MaximumBodyBytes", "1000");
            host.UseSetting("Gateway:HeadersLimit", "00:00:01");
        });

        _factory.UseKestrel(0);
        _factory.StartServer();
        Client = new HttpClient { BaseAddress = _factory.ClientOptions.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        await Services.DisposeAsync();
    }

    /// <summary>A request with a token of this role; null sends none.</summary>
    internal HttpRequestMessage Request(HttpMethod method, string path, string? role = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (role is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.Issue(role));

        return request;
    }

    internal Task<HttpResponseMessage> GetAsync(string path, string? role = null) => Client.SendAsync(Request(HttpMethod.Get, path, role));
}
