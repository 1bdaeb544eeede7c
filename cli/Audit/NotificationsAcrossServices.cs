namespace ShopFlow.Cli.Audit;

/// <summary>Each step of an order was told to its shopper, once.</summary>
internal sealed class NotificationsAcrossServices(ShopDatabases databases)
{
    // As the notifications' types are named.
    private const string Steps = """
        select id as order_id, 'OrderPlaced' as type, created_at as at from orders
        union all
        select order_id, 'Order' || state, at from status_changes where state in ('Confirmed', 'Cancelled')
        union all
        select order_id, 'OrderShipped', shipped_at from shipments where state <> 'Packed'
        union all
        select order_id, 'OrderDelivered', delivered_at from shipments where state = 'Delivered'
        union all
        select order_id, 'OrderRefunded', settled_at from refunds where state = 'Paid'
        """;

    // How long what has happened may take to be told.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(30);

    // How long it is kept at least: what was told before may be forgotten.
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(90);

    public async Task<List<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        // Notifications first: whatever they tell of has been done by the time that orders are read. What was done a moment ago need not be told yet.
        var (first, due) = (DateTimeOffset.UtcNow - s_kept, DateTimeOffset.UtcNow - s_settling);
        var told = (await databases.QueryAsync(
            "notificationsdb",
            "select order_id, type, count(*) from notifications where order_id is not null group by order_id, type",
            row => (Order: row.GetGuid(0), Type: row.GetString(1), Count: row.GetInt64(2)),
            cancellationToken)).ToDictionary(row => (row.Order, row.Type), row => row.Count);
        var steps = (await databases.QueryAsync(
            "ordersdb",
            $"select order_id, type, count(*) filter (where at between '{first:O}' and '{due:O}'), count(*) from ({Steps}) as steps group by order_id, type",
            row => (Order: row.GetGuid(0), Type: row.GetString(1), Least: row.GetInt64(2), Most: row.GetInt64(3)),
            cancellationToken)).ToDictionary(row => (row.Order, row.Type), row => (row.Least, row.Most));

        var orders = steps.Keys.Select(step => step.Order).ToHashSet();
        return [new("notifications and orders", "one for each step of an order", orders.Count, [.. Compare(orders, steps, told)])];
    }

    /// <summary>Notifications that are still to be written, and e-mails that are still to be sent.</summary>
    public async Task<long> UnderWayAsync(CancellationToken cancellationToken)
    {
        var first = DateTimeOffset.UtcNow - s_kept;
        var expected = await databases.QueryAsync(
            "ordersdb", $"select count(*) from ({Steps}) as steps where at >= '{first:O}'", row => row.GetInt64(0), cancellationToken);
        var told = await databases.QueryAsync(
            "notificationsdb",
            $"select count(*) from notifications where order_id is not null and created_at >= '{first:O}'",
            row => row.GetInt64(0),
            cancellationToken);
        var unsent = await databases.QueryAsync(
            "notificationsdb", "select count(*) from deliveries where due_at is not null and webhook_id is null", row => row.GetInt64(0), cancellationToken);
        return Math.Max(0, expected.Single() - told.Single()) + unsent.Single();
    }

    private static IEnumerable<Breach> Compare(
        HashSet<Guid> orders, Dictionary<(Guid Order, string Type), (long Least, long Most)> steps, Dictionary<(Guid Order, string Type), long> told)
    {
        foreach (var step in steps.Keys.Union(told.Keys))
        {
            var (subject, notifications, (least, most)) = (step.Order.ToString(), told.GetValueOrDefault(step), steps.GetValueOrDefault(step));
            if (!orders.Contains(step.Order))
                yield return new("notification-without-order", subject, $"{step.Type}: there is no such order");
            else if (notifications < least || notifications > most)
                yield return new("notification", subject, $"{step.Type}: {notifications} notifications, {most} expected");
        }
    }
}
