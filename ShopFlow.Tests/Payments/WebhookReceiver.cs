using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ShopFlow.PaymentSandbox.Webhooks;

namespace ShopFlow.Tests.Payments;

/// <summary>A shop that writes down what it is sent, and answers as a test wants.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal sealed record Received(Webhook Webhook, bool IsSigned);

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url => $"{_app.Urls.Single()}/webhooks";

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What the next requests are answered with; 204 when there is nothing more.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/webhooks", receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    public Task HasAsync(int count) =>
        Eventually.TrueAsync(() => All.Count >= count, PaymentsUnderTest.Limit, () => $"{All.Count} of {count} webhooks have come");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        All.Enqueue(new(
            JsonSerializer.Deserialize(body.ToArray(), WebhookJsonContext.Default.Webhook)!,
            IsSigned(request.Headers[WebhookSignature.Header].ToString(), body.ToArray())));
        return TypedResults.StatusCode(Answers.TryDequeue(out var status) ? status : StatusCodes.Status204NoContent);
    }

    private static bool IsSigned(string signature, byte[] body)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(signature.Split(',')[0][2..], null));
        return signature == WebhookSignature.Create(Encoding.UTF8.GetBytes(RunningSandbox.WebhookSecret), at, body);
    }
}
