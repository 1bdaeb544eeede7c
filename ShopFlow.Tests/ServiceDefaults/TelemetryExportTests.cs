using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_are_sent_to_the_collector()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await TestService.StartAsync(app => app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate(signal, Text(body), (_, before) => before + Text(body));
            return Results.Ok();
        }));

        var service = await TestService.StartAsync(
            app => app.MapGet("/hello", (ILogger<TelemetryExportTests> logger) => logger.LogInformation("Greeted {Name}", "anna")),
            settings: new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "greeter",
            });
        await service.Client.GetStringAsync("/hello");
        await service.DisposeAsync();

        Assert.Equal(["logs", "metrics", "traces"], received.Keys.Order());
        Assert.Contains("Greeted anna", received["logs"]);
        Assert.Contains("GET /hello", received["traces"]);
        Assert.Contains("http.server.request.duration", received["metrics"]);
        Assert.All(received.Values, text => Assert.Contains("greeter", text));
    }

    [Fact]
    public async Task A_collector_that_is_away_does_not_hold_up_the_stop()
    {
        var service = await TestService.StartAsync(
            app => app.MapGet("/hello", () => "hello"),
            settings: new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1" });
        await service.Client.GetStringAsync("/hello");

        await service.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(4));
    }

    /// <summary>Protobuf keeps texts as they are.</summary>
    private static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
}
