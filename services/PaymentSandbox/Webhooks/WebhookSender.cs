using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.PaymentSandbox.Webhooks;

/// <summary>
/// Sends the shop what it is owed, in the way of the card. What does not arrive is sent again with growing pauses, after a
/// restart too, until it is too old to matter.
/// </summary>
internal sealed class WebhookSender(
    ChargeBook charges, CardNetwork network, HttpClient http, SandboxOptions options, TimeProvider time, ILogger<WebhookSender> logger)
    : BackgroundService
{
    private const int MostAtOnce = 256;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.WebhookSecret);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.WebhookUrl is null)
            return;

        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(charges.WebhooksAsync(stoppingToken), parallel, PayAsync);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async ValueTask PayAsync(Webhook webhook, CancellationToken stoppingToken)
    {
        try
        {
            await SendAsync(webhook, TestCards.Of(charges.Find(webhook.Key)!.Method).Webhooks, stoppingToken);
            await charges.NotifiedAsync(webhook, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It is owed still, and the next run reads so in the ledger.
        }
        catch (Exception e)
        {
            logger.LogError(e, "Webhook {WebhookId} could not be sent or crossed off; the next run tries again", webhook.Id);
        }
    }

    private async Task SendAsync(Webhook webhook, WebhookBehaviour behaviour, CancellationToken stoppingToken)
    {
        switch (behaviour)
        {
            case WebhookBehaviour.Lost:
                break;
            case WebhookBehaviour.Forged:
                await ForgeAsync(webhook, stoppingToken);
                break;
            case WebhookBehaviour.Late:
                await Task.Delay(options.LateWebhook, time, stoppingToken);
                await DeliverAsync(webhook, stoppingToken);
                break;
            case WebhookBehaviour.Twice:
                await DeliverAsync(webhook, stoppingToken);
                await DeliverAsync(webhook, stoppingToken);
                break;
            case WebhookBehaviour.OutOfOrder:
                await DeliverAsync(webhook, stoppingToken);
                await DeliverAsync(EarlierThan(webhook), stoppingToken);
                break;
            default:
                await DeliverAsync(webhook, stoppingToken);
                break;
        }
    }

    private Webhook EarlierThan(Webhook webhook) => webhook with
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Type = Webhook.RequiresAction,
        CreatedAt = charges.Find(webhook.Key)!.CreatedAt,
    };

    private async Task ForgeAsync(Webhook webhook, CancellationToken stoppingToken)
    {
        var forged = webhook with { Type = webhook.Type == Webhook.Declined ? Webhook.Authorised : Webhook.Declined };
        await TrySendAsync(forged, RandomNumberGenerator.GetBytes(_secret.Length), stoppingToken);
    }

    private async Task DeliverAsync(Webhook webhook, CancellationToken stoppingToken)
    {
        var end = webhook.CreatedAt + options.WebhookLifetime;
        var pause = options.WebhookBackoff;
        while (!await TrySendAsync(webhook, _secret, stoppingToken))
        {
            if (time.GetUtcNow() >= end)
            {
                logger.LogError("Webhook {WebhookId} is given up: the shop has not taken it for {Lifetime}", webhook.Id, options.WebhookLifetime);
                return;
            }

            await Task.Delay(pause, time, stoppingToken);
            pause = pause * 2 < options.MaxWebhookBackoff ? pause * 2 : options.MaxWebhookBackoff;
        }
    }

    private async Task<bool> TrySendAsync(Webhook webhook, byte[] secret, CancellationToken stoppingToken)
    {
        if (network.IsCut)
            return false;

        var body = JsonSerializer.SerializeToUtf8Bytes(webhook, WebhookJsonContext.Default.Webhook);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.WebhookUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Create(secret, time.GetUtcNow(), body));
        try
        {
            using var response = await http.SendAsync(request, stoppingToken);
            if (response.IsSuccessStatusCode)
                return true;

            logger.LogWarning("The shop answers webhook {WebhookId} with {Status}", webhook.Id, (int)response.StatusCode);
            return false;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever it was, the shop has not said that it has it.
            logger.LogWarning("Webhook {WebhookId} did not arrive: {Cause}", webhook.Id, e.Message);
            return false;
        }
    }
}
