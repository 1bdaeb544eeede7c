using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <summary>Writes down what attempts came to.</summary>
internal sealed class OutcomeTable(NotificationsDbContext db, TimeProvider time)
{
    private const int LongestError = 500;

    /// <summary>
    /// One statement, by pk_deliveries. A worker whose lease had ended does not undo what the next one did; but what it sent is sent.
    /// </summary>
    public Task WriteAsync(IReadOnlyList<DeliveryOutcome> outcomes, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync($"""
        update deliveries d
        set state = o.state, due_at = o.due_at, error = o.error,
            settled_at = case when o.due_at is null then {time.GetUtcNow()} end,
            link = case when o.due_at is not null then d.link end
        from unnest(
            {outcomes.Select(outcome => outcome.Delivery.Id).ToArray()},
            {outcomes.Select(outcome => outcome.Delivery.Attempts).ToArray()},
            {outcomes.Select(outcome => outcome.State.ToString()).ToArray()},
            {outcomes.Select(outcome => outcome.DueAt).ToArray()},
            {outcomes.Select(outcome => Storable(outcome.Error)).ToArray()}) as o (id, attempts, state, due_at, error)
        where d.id = o.id and d.state = {nameof(DeliveryState.Waiting)} and (d.attempts = o.attempts or o.state = {nameof(DeliveryState.Sent)})
        """, cancellationToken);

    // The other side may have worded it, and would be sent the same for ever if the database couldn't keep the words.
    private static string? Storable(string? error) =>
        error is null ? null : string.Concat(error.Take(LongestError).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
}
