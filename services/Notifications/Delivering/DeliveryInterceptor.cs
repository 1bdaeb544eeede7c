using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <summary>
/// Wakes this process's worker when deliveries have been committed. Another replica, or this one after a crash, finds them when it polls.
/// </summary>
internal sealed class DeliveryInterceptor(DeliverySignal signal) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is NotificationsDbContext { HasNewDeliveries: true } db)
        {
            db.HasNewDeliveries = false;
            signal.Set();
        }

        return Task.CompletedTask;
    }
}
