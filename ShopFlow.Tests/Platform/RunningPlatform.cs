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
        ["auth", "catalog", "inventory", "orders", "payments", "payment-sandbox", "notifications", "gateway"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("shopflow-platform-");
    private Shopper? admin;

    public DistributedApplication App { get; private set; } = null!;

    /// <summary>A client of the public API, as a shopper has it. Its requests end after 30 seconds.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ShopFlow_AppHost>(
            [$"--ShopFlow:DataDirectory={data.FullName}"], limit.Token);

        App = await builder.BuildAsync(limit.Token);
        await App.StartAsync(limit.Token);
        await Task.WhenAll(Services.Select(service => App.ResourceNotifications.WaitForResourceHealthyAsync(service, limit.Token)));

        Gateway = App.CreateHttpClient("gateway", "http");
        Gateway.Timeout = TimeSpan.FromSeconds(30);
    }

    /// <summary>The administrator that the auth service made at its first start, signed in.</summary>
    internal async Task<Shopper> AdminAsync(CancellationToken cancellationToken)
    {
        if (admin is null)
        {
            var model = App.Services.GetRequiredService<DistributedApplicationModel>();
            var password = model.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "admin-password");
            admin = await Shopper.LogInAsync(Gateway, "admin", (await password.GetValueAsync(cancellationToken))!, cancellationToken);
        }

        return admin;
    }

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        data.Delete(recursive: true);
    }
}

[CollectionDefinition(nameof(RunningPlatform))]
public sealed class RunningPlatformCollection : ICollectionFixture<RunningPlatform>;
