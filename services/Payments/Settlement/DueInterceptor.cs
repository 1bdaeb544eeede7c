using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>
/// Wakes this process's worker when what it is to do has been committed. Another replica, or this one after a crash, finds the
/// row when it polls.
/// </summary>
internal sealed class DueInterceptor(DueSignal signal) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => SignalIfDue(eventData);

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SignalIfDue(eventData);
        return Task.CompletedTask;
    }

    private void SignalIfDue(TransactionEndEventData eventData)
    {
        if (eventData.Context is not PaymentsDbContext { HasDueWork: true } db)
            return;

        db.HasDueWork = false;
        signal.Set();
    }
}
