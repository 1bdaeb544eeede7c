using System.Text.Json;
using ShopFlow.Tests;
using ShopFlow.Tests.Platform;

namespace ShopFlow.Export.Tests.Images;

/// <summary>The images, made and run. See docs/images.md for how to have these tests run.</summary>
public sealed class ImageTests(ContainerEngine engine) : IClassFixture<ContainerEngine>
{
    private const string Version = "1.2.3-test";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20 * 60_000)]
    public async Task The_whole_shop_runs_from_its_images_without_privileges_and_sells()
    {
        engine.SkipWhereAbsent();
        var registry = $"{engine.Registry}/shopflow";
        await engine.RunAsync("dotnet", [Repository.Program("cli", "shopflow"), "images", "--push", "--registry", registry, "--version", Version, "--base-image", engine.BaseImage]);

        var shop = new ModelInContainers(engine, registry, Version);
        var services = await shop.StartAsync();

        foreach (var service in services)
        {
            await AssertPrivilegesAsync(service);
            await AssertImageAsync(service, $"{registry}/{service}:{Version}");
        }
        using var gateway = new HttpClient { BaseAddress = await shop.AddressAsync("gateway"), Timeout = TimeSpan.FromSeconds(30) };
        await AssertSellsAsync(gateway);
    }

    [Fact(Timeout = 10 * 60_000)]
    public async Task The_AppHost_runs_its_servers_in_containers_and_the_shop_sells()
    {
        engine.SkipWhereAbsent();
        await using var host = await AppHostInContainers.StartAsync(engine);

        var expected = (await ModelInContainers.ModelAsync()).Servers.Select(server => server.Image.Split('/')[^1]).Distinct();
        var running = await engine.DockerAsync("ps", "--format", "{{.Image}}", "--filter", "label=com.microsoft.developer.usvc-dev.group-version");
        Assert.Equal(expected.Order(), running.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(image => image.Split('/')[^1]).Order());
        await AssertSellsAsync(host.Gateway);
    }

    // As the kernel sees it, whatever was asked for.
    private async Task AssertPrivilegesAsync(string service)
    {
        var process = (await engine.DockerAsync("inspect", "--format", "{{.State.Pid}}", service)).Trim();
        var status = (await File.ReadAllLinesAsync($"/proc/{process}/status", Cancelled)).Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1].Trim());

        Assert.Equal("1654\t1654\t1654\t1654", status["Uid"]);
        Assert.All(["CapEff", "CapPrm", "CapBnd", "CapAmb"], set => Assert.Equal("0000000000000000", status[set]));
        Assert.Equal("1", status["NoNewPrivs"]);
        Assert.Equal("2", status["Seccomp"]);
        Assert.Contains((await File.ReadAllLinesAsync($"/proc/{process}/mounts", Cancelled)).Select(line => line.Split(' ')), mount => mount[1] == "/" && mount[3].StartsWith("ro,", StringComparison.Ordinal));
    }

    private async Task AssertImageAsync(string service, string image)
    {
        using var config = JsonDocument.Parse(await engine.DockerAsync("inspect", "--format", "{{json .Config}}", image));
        string Label(string name) => config.RootElement.GetProperty("Labels").GetProperty($"org.opencontainers.image.{name}").GetString()!;
        Assert.Equal((Version, $"ShopFlow {service}", "MIT"), (Label("version"), Label("title"), Label("licenses")));
        Assert.Equal("1654", config.RootElement.GetProperty("User").GetString());

        using var bill = JsonDocument.Parse(await engine.DockerAsync("exec", service, "cat", "/app/bom.cdx.json"));
        Assert.Equal(image, $"{bill.RootElement.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString()}:{Version}");
    }

    private static async Task AssertSellsAsync(HttpClient gateway)
    {
        var shopper = await Shopper.RegisterAsync(gateway, Cancelled);
        var page = await shopper.GetAsync("/products?limit=1", Cancelled);
        var sku = page.GetProperty("products")[0].GetProperty("variants")[0].GetProperty("sku").GetString();
        using var placed = await shopper.PlaceOrderAsync(new { items = new[] { new { sku, quantity = 1 } } }, Guid.NewGuid().ToString(), Cancelled);
        var id = (await placed.JsonAsync()).GetProperty("id").GetString()!;

        Assert.Equal("Confirmed", (await shopper.WaitForOrderAsync(id, Cancelled)).GetProperty("status").GetString());
    }
}
