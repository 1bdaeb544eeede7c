using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Writing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Sending;

/// <summary>
/// POST /notifications/send, as clients of an older system send it: to oneself, and to anybody for an administrator. With an
/// Idempotency-Key a repetition gets the first answer, and tells nobody twice.
/// </summary>
internal sealed class SendNotification(NotificationsDbContext db, NotificationWriter writer, CurrentUser caller, TimeProvider time)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 200;

    public static Task<Results<Created<SentNotification>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [FromHeader(Name = Header)] string? key, SendRequest request, SendNotification sending, CancellationToken cancellationToken) =>
        sending.SendAsync(key, request, cancellationToken);

    private async Task<Results<Created<SentNotification>, ValidationProblem, ProblemHttpResult>> SendAsync(
        string? key, SendRequest request, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        request.Check(validator);
        if (validator.Problem is { } invalid)
            return invalid;
        if (key is not null && !(key is { Length: >= 1 and <= LongestKey } && key.All(c => c is >= ' ' and <= '~')))
            return Problems.BadRequest("idempotency-key-invalid", $"The header {Header} has 1 to {LongestKey} printable ASCII characters.");
        if (request.UserId != caller.Id && !caller.IsAdmin)
            return Problems.Forbidden("Notifications are sent to oneself.");

        var now = time.GetUtcNow();
        var notification = new NewNotification(
            Guid.CreateVersion7(now), now, request.UserId!, request.KnownType, Wording.Of(nameof(NotificationType.Message), ("message", request.Message!)))
        {
            IsMailed = request.IsMailed,
        };

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (key is not null && !await ClaimAsync(key, request, notification, cancellationToken))
            return await AnswerAgainAsync(key, request, cancellationToken);

        await writer.WriteAsync([notification], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Answer(request, notification.Id, now);
    }

    // pk_sent_messages: of concurrent twins it lets one through, and the other waits for it.
    private async Task<bool> ClaimAsync(string key, SendRequest request, NewNotification notification, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync($"""
            insert into sent_messages (sender_id, key, request_hash, notification_id, created_at)
            values ({caller.Id}, {key}, {request.Hash()}, {notification.Id}, {notification.At})
            on conflict do nothing
            """, cancellationToken) > 0;

    private async Task<Results<Created<SentNotification>, ValidationProblem, ProblemHttpResult>> AnswerAgainAsync(
        string key, SendRequest request, CancellationToken cancellationToken)
    {
        var earlier = await db.SentMessages.AsNoTracking().SingleAsync(sent => sent.SenderId == caller.Id && sent.Key == key, cancellationToken);
        return earlier.RequestHash.AsSpan().SequenceEqual(request.Hash())
            ? Answer(request, earlier.NotificationId, earlier.CreatedAt)
            : Problems.Unprocessable("idempotency-key-reused", $"This {Header} belongs to another request. Use a new one for a new request.");
    }

    private static Created<SentNotification> Answer(SendRequest request, Guid id, DateTimeOffset at) => TypedResults.Created(
        $"/notifications/{request.UserId}",
        new SentNotification(id, request.UserId!, request.KnownType, request.Message!, request.IsMailed ? Channel.Email : Channel.InApp, at));
}
