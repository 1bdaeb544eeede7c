using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Tests.Gateway;

/// <summary>Answers as the catalogue's caching contract says, counts what it is asked, and misbehaves on demand.</summary>
internal sealed class FakeCatalogue : IAsyncDisposable
{
    private readonly WebApplication _app;

    public FakeCatalogue()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        _app = builder.Build();
        _app.MapGet("/health/live", () => "ok");
        _app.MapFallback("{*path}", (Delegate)AnswerAsync);
    }

    public string Address => _app.Urls.Single();

    public long Generation { get; set; } = 1;

    /// <summary>What every page shows.</summary>
    public string Text { get; set; } = "first";

    public int Status { get; set; } = StatusCodes.Status200OK;

    public string CacheControl { get; set; } = "public, max-age=2";

    public int Padding { get; set; } = 2000;

    public string? ExtraHeader { get; set; }

    /// <summary>Completed: answers at once. A test that replaces it decides when.</summary>
    public TaskCompletionSource Gate { get; set; } = Open();

    /// <summary>The same for the end of an answer, when its headers are with the client.</summary>
    public TaskCompletionSource EndGate { get; set; } = Open();

    public ConcurrentQueue<(string Target, IHeaderDictionary Headers)> Asked { get; } = [];

    public int Confirmed { get; private set; }

    public static TaskCompletionSource Open()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        var target = context.Request.Path + context.Request.QueryString;
        Asked.Enqueue((target, new HeaderDictionary(context.Request.Headers.ToDictionary())));
        // In this order: a page may be newer than it says, never older.
        var (generation, text) = (Generation, Text);
        await Gate.Task.WaitAsync(context.RequestAborted);

        if (Status is not StatusCodes.Status200OK)
            return Results.Problem(statusCode: Status);

        var headers = context.Response.Headers;
        headers.ETag = $"\"{text}\"";
        headers.CacheControl = CacheControl;
        headers["Catalog-Generation"] = generation.ToString(CultureInfo.InvariantCulture);
        if (ExtraHeader?.Split(": ") is [var name, var value])
            headers[name] = value;

        if (!EndGate.Task.IsCompleted)
        {
            await context.Response.WriteAsync(" ", context.RequestAborted);
            await EndGate.Task.WaitAsync(context.RequestAborted);
            return Results.Empty;
        }

        if (context.Request.Headers.IfNoneMatch == headers.ETag)
        {
            Confirmed++;
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        return Results.Json(new { text, target, padding = new string('x', Padding) });
    }
}
