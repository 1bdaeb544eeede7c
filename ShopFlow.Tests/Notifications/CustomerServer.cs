using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Tests.Notifications;

/// <summary>A customer's program that writes down what it is sent, and answers as a test wants.</summary>
internal sealed class CustomerServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal sealed record Received(byte[] Body, string Signature, bool HasTrace);

    private CustomerServer(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/told";

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What everything is answered with.</summary>
    public volatile int Answer = StatusCodes.Status204NoContent;

    /// <summary>Until it is completed, requests to /slow get no answer.</summary>
    public TaskCompletionSource Patience { get; } = new();

    public static async Task<CustomerServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new CustomerServer(app);
        app.MapPost("/told", server.ReceiveAsync);
        app.MapPost("/slow", (HttpContext context) => server.Patience.Task.WaitAsync(context.RequestAborted));
        app.MapPost("/elsewhere", () => TypedResults.Redirect("/told", permanent: false, preserveMethod: true));
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync()
    {
        Patience.TrySetResult();
        return _app.DisposeAsync();
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        All.Enqueue(new(body.ToArray(), request.Headers["Shopflow-Signature"].ToString(), request.Headers.ContainsKey("traceparent")));
        return TypedResults.StatusCode(Answer);
    }
}
