using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Gateway;
using ShopFlow.Gateway.Caching;
using ShopFlow.ServiceDefaults.Telemetry;
using ShopFlow.Tests.ServiceDefaults;

namespace ShopFlow.Tests.Gateway;

/// <summary>The gateway before a catalogue, on a clock that stands still, so that nothing grows old by itself.</summary>
internal sealed class CachingGateway : IAsyncDisposable
{
    private readonly WebApplicationFactory<GatewayOptions> _factory;

    private CachingGateway(FakeCatalogue catalogue, Dictionary<string, string> settings)
    {
        Catalogue = catalogue;
        _factory = new WebApplicationFactory<GatewayOptions>().WithWebHostBuilder(host =>
        {
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("services:catalog:http:0", catalogue.Address);
            host.UseSetting("Gateway:RateLimits:Factor", "1000");
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);

            host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time));
        });

        _factory.UseKestrel(0);
        _factory.StartServer();
        Client = new HttpClient { BaseAddress = _factory.ClientOptions.BaseAddress };
    }

    public FakeCatalogue Catalogue { get; }

    public ManualTime Time { get; } = new();

    public HttpClient Client { get; }

    public CatalogueGeneration Generation => _factory.Services.GetRequiredService<CatalogueGeneration>();

    public PageStore Store => _factory.Services.GetRequiredService<PageStore>();

    public string Metrics() => _factory.Services.GetRequiredService<PrometheusExporter>().Scrape();

    public static async Task<CachingGateway> StartAsync(params (string Name, string Value)[] settings)
    {
        var catalogue = new FakeCatalogue();
        await catalogue.StartAsync();
        return new(catalogue, settings.ToDictionary());
    }

    /// <summary>The text of the page, and how the gateway came by it: "hit", "fwd=miss" or "hit; detail=stale".</summary>
    public async Task<(string Text, string Status)> ReadAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        response.EnsureSuccessStatusCode();
        return ((await response.JsonAsync()).GetProperty("text").GetString()!, StatusOf(response));
    }

    public static string StatusOf(HttpResponseMessage response) => response.Headers.GetValues("Cache-Status").Single()["shopflow; ".Length..];

    /// <summary>The signal arrives.</summary>
    public void Hear(long generation) => Generation.Signalled(generation);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        await Catalogue.DisposeAsync();
    }
}
