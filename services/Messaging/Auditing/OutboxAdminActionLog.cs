using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Messaging;

/// <summary>
/// Puts an action into the outbox before it is done, held back: its end sets the outcome free, or deletes what was refused. If the process dies in
/// between, the event is sent as it is, without an outcome.
/// </summary>
internal sealed class OutboxAdminActionLog<TContext>(IServiceScopeFactory scopes, TimeProvider time) : IAdminActionLog
    where TContext : DbContext
{
    /// <summary>More than a request takes, save an import; the outcome of what takes longer follows in an event of its own.</summary>
    internal static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    public async Task BeginAsync(AdminAction action, HttpContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        var message = db.ToOutboxMessage(EventOf(action, new(Status: null, Detail: null)));
        var heldUntil = time.GetUtcNow() + Hold;

        // A begin that is told twice is one.
        await db.Database.ExecuteSqlAsync($"""
            insert into outbox_messages (id, name, payload, trace_parent, occurred_at, held_until)
            select {message.Id}, {message.Name}, {message.Payload}::json, {message.TraceParent}, {message.OccurredAt}, {heldUntil}
            where not exists (select from outbox_messages where id = {message.Id})
            """, cancellationToken);
    }

    public async Task EndAsync(AdminAction action, AdminActionOutcome outcome, HttpContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        var e = EventOf(action, outcome);

        // There is no index on the id: the outbox is short.
        var held = db.Set<OutboxMessage>().Where(message => message.Id == e.Id);
        if (!outcome.MayHaveChangedSomething)
        {
            await held.ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var payload = db.ToOutboxMessage(e).Payload;
        var updated = await held.ExecuteUpdateAsync(
            set => set.SetProperty(message => message.Payload, payload).SetProperty(message => message.HeldUntil, (DateTimeOffset?)null), cancellationToken);
        if (updated == 0)
        {
            db.Publish(e with { Id = Guid.CreateVersion7(time.GetUtcNow()) });
            await db.SaveChangesAsync(cancellationToken);
        }

        db.WakeOutbox();
    }

    private static AdminActionRecorded EventOf(AdminAction action, AdminActionOutcome outcome) =>
        new(
            action.Id, action.ActorId, action.ActorName, action.Service, action.Operation, action.Request, action.Objects,
            outcome.Status, outcome.Detail, action.CorrelationId)
        {
            Id = action.Id,
            OccurredAt = action.At.ToUniversalTime(),
        };
}
