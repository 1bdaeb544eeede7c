using System.Diagnostics;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.StandIn.Tests.Run;

public sealed class AppHostTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [RunModeFact]
    public async Task An_AppHost_under_test_runs_its_own_program_and_can_be_changed_before()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_StandIn_TestAppHost>(Cancellation);
        builder.Resources.Remove(builder.Resources.Single(resource => resource.Name == "client"));

        await using var application = await builder.BuildAsync(Cancellation);
        await application.StartAsync(Cancellation).WaitAsync(Limit, Cancellation);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("server", Cancellation).WaitAsync(Limit, Cancellation);

        using var client = application.CreateHttpClient("server");
        Assert.True((await client.GetAsync("/", Cancellation)).IsSuccessStatusCode);

        var model = application.Services.GetRequiredService<DistributedApplicationModel>();
        Assert.DoesNotContain(model.Resources, resource => resource.Name is "client" or "aspire-dashboard");
    }

    [RunModeFact]
    public async Task After_kill_9_of_the_AppHost_no_process_is_alive_10_s_later()
    {
        var marker = $"marker-{Guid.NewGuid():N}";
        using var appHost = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(Projects.Aspire_StandIn_TestAppHost).Assembly.Location, "DcpPublisher:RandomizePorts=true" },
            Environment = { ["STANDIN_TEST_MARKER"] = marker, ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true" },
            RedirectStandardOutput = true,
        })!;

        try
        {
            // The AppHost, the orchestrator's two processes, the dashboard, the server and the client.
            await UntilAsync(() => Marked(marker).Count(process => process.Contains("sleep", StringComparison.Ordinal)) == 1);
            Assert.True(Marked(marker).Length >= 6);
        }
        finally
        {
            appHost.Kill();
        }

        var clock = Stopwatch.StartNew();
        await UntilAsync(() => Marked(marker).Length == 0);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    /// <summary>The command lines of all processes that have inherited the marker.</summary>
    private static string[] Marked(string marker) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(folder => Read(folder, "environ").Contains(marker, StringComparison.Ordinal))
            .Select(folder => Read(folder, "cmdline")),
    ];

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Limit, "The condition was not met in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }
}
