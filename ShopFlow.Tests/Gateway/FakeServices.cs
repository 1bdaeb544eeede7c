using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Tests.Gateway;

/// <summary>Stands for every service behind the gateway: it says what it was asked, can be slow, and streams.</summary>
internal sealed class FakeServices : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _count;

    public FakeServices(byte[] jwks)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        _app = builder.Build();
        _app.MapGet("/.well-known/jwks.json", () => Results.Bytes(jwks, "application/json"));
        _app.MapGet("/orders/{id}/events", (CancellationToken stop) => TypedResults.ServerSentEvents(EventsAsync(stop)));
        _app.MapGet("/categories", (HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        _app.MapFallback("{*path}", (Delegate)EchoAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>Completed by the test that has seen the first event of the stream.</summary>
    public TaskCompletionSource FirstEventSeen { get; } = new();

    /// <summary>How often it was asked, probes aside.</summary>
    public int Count => _count;

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> EchoAsync(HttpContext context)
    {
        if (context.Request.Path != "/health/live")
            Interlocked.Increment(ref _count);

        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

        return Results.Json(new Asked(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, await reader.ReadToEndAsync()));
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync([EnumeratorCancellation] CancellationToken stop)
    {
        yield return new("first");
        await FirstEventSeen.Task.WaitAsync(stop);
        yield return new("second");
    }

    internal sealed record Asked(string Method, string Path, Dictionary<string, string> Headers, string Body);
}
