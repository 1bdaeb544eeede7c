using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ShopFlow.Messaging;

/// <summary>
/// Wakes the relay of this process when events are committed. A NOTIFY in the transaction would do it too, and would make every
/// commit of the server wait in one line: PostgreSQL takes a global lock for it until the commit is on disk.
/// </summary>
internal sealed class OutboxInterceptor(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        SignalUnlessInTransaction(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        SignalUnlessInTransaction(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Signal(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Signal(eventData.Context);
        return Task.CompletedTask;
    }

    private void SignalUnlessInTransaction(DbContext? db)
    {
        if (db?.Database.CurrentTransaction is null)
            Signal(db);
    }

    private void Signal(DbContext? db)
    {
        if (db?.ChangeTracker.Entries<OutboxMessage>().Any() is true)
            signal.Set();
    }
}
