using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ShopFlow.Tests.Platform;

namespace ShopFlow.Tests.Browser;

/// <summary>What a developer sees after <c>./shopflow up</c>. The pictures are left in <c>TestResults</c>.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class DashboardTests(RunningPlatform platform)
{
    private static readonly string Pictures =
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "TestResults")).FullName;

    private static readonly string[] Servers = ["postgres", "messaging", "cache"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_dashboard_shows_every_resource_running()
    {
        await using var chromium = await Chromium.LaunchAsync();
        var page = await chromium.OpenAsync(1600, 1000);

        await page.GotoAsync(platform.DashboardLogin);

        foreach (var resource in RunningPlatform.Services.Concat(Servers))
        {
            // A replica is shown as the resource's name and eight letters.
            var name = page.GetByText(new Regex($"^{resource}(-[a-z]{{8}})?$"));
            var row = page.GetByRole(AriaRole.Row).Filter(new() { Has = name });
            await Assertions.Expect(row.First).ToContainTextAsync("Running");
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "dashboard.png") });
    }

    [Fact]
    public async Task One_trace_follows_an_order_through_HTTP_messages_and_databases()
    {
        await using var chromium = await Chromium.LaunchAsync();
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var trace = await PlaceTracedOrderAsync(shopper, await platform.Gateway.AnySkuAsync(Cancelled));

        var dashboard = await chromium.OpenAsync(1600, 1000);
        await dashboard.GotoAsync(platform.DashboardLogin);
        await dashboard.GotoAsync(new Uri(new Uri(platform.DashboardLogin), $"/traces/detail/{trace}").AbsoluteUri);

        var spans = dashboard.GetByRole(AriaRole.Main);
        foreach (var service in new[] { "gateway", "orders", "inventory", "payments", "payment-sandbox", "notifications" })
            await Assertions.Expect(spans).ToContainTextAsync(service, new() { Timeout = 20_000 });

        // The databases share one address, so the dashboard calls them by the server's name or by that of any of them.
        await Assertions.Expect(spans).ToContainTextAsync(new Regex(@"(postgres|\w+db)\b"));

        await Assertions.Expect(dashboard.GetByText("settle payment").First).ToBeVisibleAsync();
        await dashboard.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "trace.png") });
    }

    /// <summary>Few traces a second are recorded, and other tests use them up: orders are placed until one is traced.</summary>
    private async Task<string> PlaceTracedOrderAsync(Shopper shopper, string sku)
    {
        string? trace = null;
        await Eventually.TrueAsync(
            async () =>
            {
                using var placed = await shopper.PlaceOrderAsync(
                    new { items = new[] { new { sku, quantity = 1 } } }, Guid.NewGuid().ToString(), Cancelled);
                placed.EnsureSuccessStatusCode();
                trace = placed.Headers.TryGetValues("traceresponse", out var recorded) ? recorded.Single().Split('-')[1] : null;
                return trace is not null;
            },
            TimeSpan.FromSeconds(20),
            () => "no order was traced");
        return trace!;
    }
}
