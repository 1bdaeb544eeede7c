using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class ServiceDiscoveryTests
{
    [Theory]
    [InlineData("http://catalog/products?limit=2", "http://127.0.0.1:5001/products?limit=2")]
    [InlineData("https+http://catalog/", "https://127.0.0.1:5443/")]
    [InlineData("https+http://orders/", "http://127.0.0.1:5002/")]
    [InlineData("http://_admin.orders/", "http://127.0.0.1:5003/")]
    [InlineData("http://payments:8080/x", "http://payments:8080/x")]
    [InlineData("https+http://payments/x", "https://payments/x")]
    public void A_name_of_the_model_becomes_an_address(string address, string expected)
    {
        using var resolver = Resolver(new()
        {
            ["services:catalog:http:0"] = "http://127.0.0.1:5001",
            ["services:catalog:https:0"] = "https://127.0.0.1:5443",
            ["services:orders:http:0"] = "http://127.0.0.1:5002",
            ["services:orders:admin:0"] = "http://127.0.0.1:5003",
        });

        Assert.Equal(new Uri(expected), resolver.Resolve(new Uri(address)));
    }

    [Fact]
    public void Several_addresses_take_turns()
    {
        using var resolver = Resolver(new() { ["services:orders:http:0"] = "http://127.0.0.1:1", ["services:orders:http:1"] = "http://127.0.0.1:2" });

        var ports = Enumerable.Range(0, 4).Select(_ => resolver.Resolve(new Uri("http://orders")).Port);

        Assert.Equal([1, 2, 1, 2], ports);
        Assert.Equal(2, resolver.ResolveAll(new Uri("http://orders")).Count);
    }

    [Fact]
    public async Task A_service_calls_another_by_its_name()
    {
        await using var catalog = await TestService.StartAsync(app => app.MapGet("/products", () => "76 products"));
        await using var orders = await TestService.StartAsync(settings: new() { ["services:catalog:http:0"] = catalog.Address.ToString() });

        Assert.Equal("76 products", await orders.OutgoingClient().GetStringAsync("http://catalog/products"));
    }

    private static ServiceEndpointResolver Resolver(Dictionary<string, string?> settings)
        => new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
