using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

internal interface IEventDispatcher
{
    /// <summary>Calls the handler, unless the event was handled before.</summary>
    /// <returns>Whether it was called.</returns>
    Task<bool> DispatchAsync(Subscription subscription, IntegrationEvent e, CancellationToken cancellationToken);
}

/// <summary>
/// One transaction for the inbox row, the handler's changes and the events that it publishes: all of it happens, once, or
/// nothing does.
/// </summary>
internal sealed class EventDispatcher<TContext>(IServiceScopeFactory scopes, TimeProvider time) : IEventDispatcher
    where TContext : DbContext
{
    public async Task<bool> DispatchAsync(Subscription subscription, IntegrationEvent e, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        if (!await RecordAsync(db, e.Id, cancellationToken))
            return false;

        await subscription.InvokeAsync(scope.ServiceProvider, e, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // pk_inbox_messages. A twin that is being handled elsewhere right now is waited for: whether it commits decides.
    private async Task<bool> RecordAsync(TContext db, Guid id, CancellationToken cancellationToken)
    {
        var inserted = await db.Database.ExecuteSqlAsync(
            $"insert into inbox_messages (id, received_at) values ({id}, {time.GetUtcNow()}) on conflict (id) do nothing",
            cancellationToken);
        return inserted == 1;
    }
}
