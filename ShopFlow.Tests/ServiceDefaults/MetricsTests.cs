using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class MetricsTests
{
    private const string Promtool = "/usr/bin/promtool";

    [Fact]
    public async Task Metrics_are_text_that_promtool_accepts()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool is not installed; apt-get install prometheus brings it.");

        await using var service = await TestService.StartAsync(app => app.MapGet("/hello", () => "hello"));
        using var meter = new Meter("ShopFlow.Tests." + Guid.NewGuid());
        meter.CreateCounter<long>("shopflow.orders.placed", "{order}", "Orders \"placed\"\nper \\ currency").Add(3, new KeyValuePair<string, object?>("currency", "a\"b\\c\nd"));
        meter.CreateHistogram<double>("shopflow.checkout.duration", "s", "Time of a checkout").Record(0.2);
        meter.CreateObservableGauge("shopflow.test.waiting", () => 7, "{message}", "Messages not yet sent");
        await service.Client.GetStringAsync("/hello");

        var text = await service.Client.GetStringAsync("/metrics");
        var (exitCode, output) = await CheckAsync(text);

        Assert.True(exitCode == 0, output + text);
        Assert.Contains("shopflow_orders_placed_total{currency=\"a\\\"b\\\\c\\nd\"} 3\n", text);
        Assert.Contains("shopflow_checkout_duration_seconds_count 1\n", text);
        Assert.Contains("shopflow_test_waiting 7\n", text);
        // What roll-outs and autoscalers in a cluster go by.
        Assert.Matches("http_server_request_duration_seconds_bucket{[^}]*http_route=\"/hello\"", text);
        Assert.Contains("dotnet_process_memory_working_set_bytes ", text);
    }

    [Fact]
    public async Task Probes_are_not_counted_as_requests()
    {
        await using var service = await TestService.StartAsync();
        await service.Client.GetStringAsync("/health/live");

        var durations = (await service.Client.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("http_server_request_duration", StringComparison.Ordinal));
        Assert.DoesNotContain(durations, line => line.Contains("/health", StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> CheckAsync(string text)
    {
        using var process = Process.Start(new ProcessStartInfo(Promtool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();

        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
