using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ShopFlow.Tests.Platform;

/// <summary>
/// The whole platform, started once for all the tests that name it, on a data folder of its own: it runs beside a
/// developer's <c>./shopflow up</c> without either noticing the other.
/// </summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    public static readonly string[] Services =
        ["auth", "catalog", "inventory", "cart", "orders", "payments", "payment-sandbox", "notifications", "recommendations", "search", "gateway"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _data = CreateDataDirectory();
    private readonly string _dashboard = $"http://localhost:{FreePort()}";
    private readonly string _browserToken = Guid.NewGuid().ToString("N");
    private Shopper? _admin;
    private Shopper? _customer;

    public DistributedApplication App { get; private set; } = null!;

    /// <summary>A client of the public API, as a shopper has it. Its requests end after 30 seconds.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>Holds everything that this run writes.</summary>
    public string DataDirectory => _data.FullName;

    /// <summary>Signs a browser in to the dashboard.</summary>
    public string DashboardLogin => $"{_dashboard}/login?t={_browserToken}";

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ShopFlow_AppHost>(
            [
                $"--ShopFlow:DataDirectory={_data.FullName}",
                // The dashboard is tested too, so its addresses must be known; every other port is free to differ.
                "--DcpPublisher:RandomizePorts=false",
                "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
                $"--ASPNETCORE_URLS={_dashboard}",
                $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:{FreePort()}",
                $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:{FreePort()}",
                $"--AppHost:BrowserToken={_browserToken}",
            ],
            (options, _) => options.DisableDashboard = false,
            limit.Token);

        App = await builder.BuildAsync(limit.Token);
        await App.StartAsync(limit.Token);
        await Task.WhenAll(Services.Select(service => App.ResourceNotifications.WaitForResourceHealthyAsync(service, limit.Token)));

        Gateway = App.CreateHttpClient("gateway", "http");
        Gateway.Timeout = TimeSpan.FromSeconds(30);
        await StockUpAsync(limit.Token);
    }

    /// <summary>The administrator that the auth service made at its first start, signed in.</summary>
    internal async Task<Shopper> AdminAsync(CancellationToken cancellationToken)
    {
        if (_admin is null)
        {
            var model = App.Services.GetRequiredService<DistributedApplicationModel>();
            var password = model.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "admin-password");
            _admin = await Shopper.LogInAsync(Gateway, "admin", (await password.GetValueAsync(cancellationToken))!, cancellationToken);
        }

        return _admin;
    }

    /// <summary>A shopper for all tests that leave nothing behind.</summary>
    internal async Task<Shopper> CustomerAsync(CancellationToken cancellationToken) =>
        _customer ??= await Shopper.RegisterAsync(Gateway, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    // All tests buy from one shop, most of them the same product: in no order of them may it sell out.
    private async Task StockUpAsync(CancellationToken cancellationToken)
    {
        var admin = await AdminAsync(cancellationToken);
        var page = await admin.GetAsync("/products?limit=100", cancellationToken);
        foreach (var variant in page.GetProperty("products").EnumerateArray().SelectMany(product => product.GetProperty("variants").EnumerateArray()))
        {
            using var counted = await admin.PutAsync(
                $"/admin/stock/{variant.GetProperty("sku").GetString()}", new { available = 1_000_000, reason = "enough for all tests" }, cancellationToken);
            counted.EnsureSuccessStatusCode();
        }
    }

    private static DirectoryInfo CreateDataDirectory()
    {
        var data = Directory.CreateTempSubdirectory("shopflow-platform-");
        // Others may enter it: PostgreSQL runs as a user of its own when the tests run as root.
        if (!OperatingSystem.IsWindows())
            data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return data;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(nameof(RunningPlatform))]
public sealed class RunningPlatformCollection : ICollectionFixture<RunningPlatform>;
