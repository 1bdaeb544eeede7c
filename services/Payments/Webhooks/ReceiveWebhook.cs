using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Settlement;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments.Webhooks;

/// <summary>
/// POST /payments/webhooks: the provider says that something happened to a charge. It is a hint: it has the provider asked now
/// rather than later, and only the answer counts. So one that is late, out of order or about nothing we know does no harm.
/// </summary>
internal static class ReceiveWebhook
{
    private const int MostBytes = 64 * 1024;

    /// <param name="Id">The same each time the webhook is sent.</param>
    /// <param name="Key">The idempotency key of the charge: the payment's id.</param>
    internal sealed record Webhook(Guid Id, string Key);

    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> HandleAsync(
        HttpRequest request,
        PaymentsDbContext db,
        WebhookSignatures signatures,
        DueSignal signal,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await ReadAsync(request.Body, cancellationToken) is not { } body)
            return Problems.Create(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"A webhook has at most {MostBytes} bytes.");
        if (!signatures.IsValid(request.Headers[WebhookSignatures.Header], body))
            return Problems.Unauthenticated("invalid-signature", $"The header {WebhookSignatures.Header} is missing, wrong or too old.");

        if (Parse(body) is not { } webhook)
            return Problems.BadRequest("invalid-webhook", "The body must be a JSON object with the members id, a UUID, and key.");

        if (Guid.TryParse(webhook.Key, out var paymentId) && await MakeDueAsync(db, webhook.Id, paymentId, time.GetUtcNow(), cancellationToken))
            signal.Set();
        return TypedResults.NoContent();
    }

    /// <returns>Null when there is more than a webhook may have.</returns>
    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MostBytes ? null : buffer[..length];
    }

    private static Webhook? Parse(byte[] body)
    {
        try
        {
            var webhook = JsonSerializer.Deserialize(body, PaymentsJsonContext.Default.Webhook);
            return webhook is { Key: not null } && webhook.Id != Guid.Empty ? webhook : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // pk_inbox_messages makes each webhook count once. One that is about a payment whose call is still under way has nothing to say
    // that the answer will not: only those that wait for their shopper are looked at.
    private static async Task<bool> MakeDueAsync(
        PaymentsDbContext db, Guid webhookId, Guid paymentId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"""
            with received as (
                insert into inbox_messages (id, received_at) values ({webhookId}, {now}) on conflict (id) do nothing returning id
            )
            update payments set due_at = {now}
            from received
            where payments.id = {paymentId} and payments.state = 'Challenged'
            """, cancellationToken) > 0;
}
