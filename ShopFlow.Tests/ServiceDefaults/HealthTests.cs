using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class HealthTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Ready_follows_a_dependency_down_and_up_again_and_live_does_not_care()
    {
        var database = new Dependency();
        await using var service = await StartAsync(database);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(service, "/health/ready"));

        database.Fail("Host=10.0.0.7;Password=swordfish");
        await Eventually.TrueAsync(
            async () => await StatusOf(service, "/health/ready") == HttpStatusCode.ServiceUnavailable, s_limit, () => "ready turns false");
        Assert.Equal(HttpStatusCode.OK, await StatusOf(service, "/health/live"));

        database.Recover();
        await Eventually.TrueAsync(
            async () => await StatusOf(service, "/health/ready") == HttpStatusCode.OK, s_limit, () => "ready turns true again");
    }

    [Fact]
    public async Task The_answer_names_the_checks_and_nothing_of_the_inside()
    {
        var database = new Dependency();
        database.Fail("Host=10.0.0.7;Password=swordfish");
        await using var service = await StartAsync(database);

        using var response = await service.Client.GetAsync("/health");
        var text = await response.Content.ReadAsStringAsync();
        var report = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.Equal("Unhealthy", report.GetProperty("status").GetString());
        Assert.Equal("Unhealthy", report.GetProperty("checks").GetProperty("database").GetString());
        Assert.DoesNotContain("swordfish", text);
    }

    [Fact]
    public async Task A_check_that_hangs_is_unhealthy_within_its_time_limit_and_is_not_started_again()
    {
        var database = new Dependency();
        database.Hang();
        await using var service = await StartAsync(database, new() { ["Health:CheckTimeout"] = "00:00:00.200", ["Health:CacheFor"] = "00:00:00" });

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOf(service, "/health/ready"));

        Assert.Equal(1, database.Calls);
    }

    [Fact]
    public async Task A_storm_of_probes_asks_the_dependency_about_once_a_second()
    {
        var database = new Dependency();
        await using var service = await StartAsync(database, new() { ["Health:CacheFor"] = "00:01:00" });

        var statuses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => StatusOf(service, "/health/ready")));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(1, database.Calls);
    }

    [Fact]
    public async Task A_stopping_service_is_not_ready_and_finishes_what_it_has_accepted()
    {
        var accepted = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var service = await TestService.StartAsync(
            app => app.MapGet("/work", async () =>
            {
                accepted.SetResult();
                await release.Task;
                return "done";
            }),
            settings: new() { ["Health:DrainDelay"] = "00:00:01" });

        var work = service.Client.GetStringAsync("/work");
        await accepted.Task;
        var stop = service.App.StopAsync();

        await Eventually.TrueAsync(
            async () => await StatusOf(service, "/health/ready") == HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1), () => "ready is false while stopping");
        release.SetResult();

        Assert.Equal("done", await work);
        await stop.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Health_and_metrics_are_not_in_the_api_description()
    {
        await using var service = await TestService.StartAsync(app => app.MapGet("/orders", () => "").RequireAuthorization());

        var document = await service.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        Assert.Equal(["/orders"], document.GetProperty("paths").EnumerateObject().Select(path => path.Name));
        Assert.True(document.GetProperty("paths").GetProperty("/orders").GetProperty("get").TryGetProperty("security", out _));
        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer").GetProperty("scheme").GetString());
    }

    private static Task<TestService> StartAsync(Dependency database, Dictionary<string, string?>? settings = null)
        => TestService.StartAsync(
            configure: builder => builder.Services.AddHealthChecks().AddCheck("database", database),
            settings: settings ?? new() { ["Health:CacheFor"] = "00:00:00.050" });

    private static async Task<HttpStatusCode> StatusOf(TestService service, string path)
    {
        using var response = await service.Client.GetAsync(path);
        return response.StatusCode;
    }

    private sealed class Dependency : IHealthCheck
    {
        private volatile string? _failure;
        private volatile bool _hangs;
        private int _calls;

        public int Calls => _calls;

        public void Fail(string message) => _failure = message;

        public void Hang() => _hangs = true;

        public void Recover() => _failure = null;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            if (_hangs)
                await Task.Delay(Timeout.Infinite, CancellationToken.None);

            return _failure is { } message ? throw new InvalidOperationException(message) : HealthCheckResult.Healthy();
        }
    }
}
