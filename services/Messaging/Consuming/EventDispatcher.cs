using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ShopFlow.Messaging;

/// <summary>
/// One transaction for the inbox rows, the handlers' changes and the events that they publish: all of it happens, once, or
/// nothing does.
/// </summary>
internal sealed class EventDispatcher<TContext>(IServiceScopeFactory scopes, TimeProvider time) : IEventDispatcher
    where TContext : DbContext
{
    public async Task<IReadOnlyCollection<ReceivedEvent>> DispatchAsync(IReadOnlyList<ReceivedEvent> batch, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var unseen = await RecordAsync(db, batch, cancellationToken);
        if (unseen.Count == 0)
            return unseen;

        await unseen.InvokeHandlersAsync(scope.ServiceProvider, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return unseen;
    }

    // pk_inbox_messages. A twin that is being handled elsewhere right now is waited for: whether it commits decides. The rows are
    // written in the order of their keys, so that two batches with the same twins don't wait for each other.
    private async Task<IReadOnlyCollection<ReceivedEvent>> RecordAsync(
        TContext db, IReadOnlyList<ReceivedEvent> batch, CancellationToken cancellationToken)
    {
        var ids = batch.Select(received => received.Event.Id).Order().ToArray();
        var inserted = await db.Database
            .SqlQuery<Guid>($"""
                insert into inbox_messages (id, received_at)
                select id, {time.GetUtcNow()} from unnest({ids}) as id
                on conflict (id) do nothing
                returning id as "Value"
                """)
            .ToListAsync(cancellationToken);

        var unseen = inserted.ToHashSet();
        return [.. batch.Where(received => unseen.Remove(received.Event.Id))];
    }
}
