using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class TelemetryExportTests
{
    private const string Grpc = "/opentelemetry.proto.collector.";

    private readonly ConcurrentDictionary<string, string> _received = [];
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    [Fact]
    public async Task Traces_metrics_and_logs_are_sent_over_http()
    {
        await using var collector = await TestService.StartAsync(app => app.MapPost("/v1/{signal}", (string signal, HttpRequest request) => KeepAsync(signal, request)));

        await GreetAsync(collector, "http/protobuf");

        AssertReceived("logs", "metrics", "traces");
    }

    [Fact]
    public async Task Traces_metrics_and_logs_are_sent_over_grpc()
    {
        await using var collector = await TestService.StartAsync(
            app => app.MapPost(Grpc + "{signal}.v1.{service}/Export", async (string signal, HttpRequest request) =>
            {
                await KeepAsync(signal, request);
                await AnswerGrpcAsync(request.HttpContext.Response);
            }),
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)));

        await GreetAsync(collector, "grpc");

        AssertReceived("logs", "metrics", "trace");
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

    /// <summary>Runs a service that does one thing and stops, which sends what it has gathered.</summary>
    private async Task GreetAsync(TestService collector, string protocol)
    {
        await using var service = await TestService.StartAsync(
            app => app.MapGet("/hello", (ILogger<TelemetryExportTests> logger) => logger.LogInformation("Greeted {Name}", "anna")),
            settings: new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
                ["OTEL_SERVICE_NAME"] = "greeter",
            });

        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Add("traceparent", $"00-{_trace}-{ActivitySpanId.CreateRandom()}-01");
        await client.GetStringAsync("/hello");
    }

    private void AssertReceived(string logs, string metrics, string traces)
    {
        Assert.Equal([logs, metrics, traces], _received.Keys.Order());
        Assert.Contains("Greeted anna", _received[logs]);
        Assert.Contains("http.server.request.duration", _received[metrics]);
        Assert.Contains("GET /hello", _received[traces]);
        Assert.All(_received.Values, text => Assert.Contains("greeter", text));

        var traceId = Encoding.Latin1.GetString(Convert.FromHexString(_trace.ToHexString()));
        Assert.Contains(traceId, _received[traces]);
        Assert.Contains(traceId, _received[logs]);
    }

    private async Task KeepAsync(string signal, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);

        // Protobuf keeps texts as they are.
        var text = Encoding.Latin1.GetString(body.ToArray());
        _received.AddOrUpdate(signal, text, (_, before) => before + text);
    }

    private static async Task AnswerGrpcAsync(HttpResponse response)
    {
        response.ContentType = "application/grpc";
        response.DeclareTrailer("grpc-status");
        await response.Body.WriteAsync(new byte[5]);
        response.AppendTrailer("grpc-status", "0");
    }
}
