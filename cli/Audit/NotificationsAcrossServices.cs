namespace ShopFlow.Cli.Audit;

/// <summary>Each step of an order was told to its shopper, once.</summary>
internal sealed class NotificationsAcrossServices(ShopDatabases databases)
{
    private static readonly string[] s_types = ["OrderPlaced", "OrderConfirmed", "OrderCancelled", "OrderShipped", "OrderDelivered", "OrderRefunded"];

    private const string Steps = """
        select o.id,
               1::bigint as placed,
               (exists (select from status_changes c where c.order_id = o.id and c.state = 'Confirmed'))::int::bigint as confirmed,
               (o.state = 'Cancelled')::int::bigint as cancelled,
               coalesce(s.shipped, 0) as shipped,
               coalesce(s.delivered, 0) as delivered,
               coalesce(r.paid, 0) as refunded
        from orders o
        left join (
            select order_id, count(*) filter (where state <> 'Packed') as shipped, count(*) filter (where state = 'Delivered') as delivered
            from shipments
            group by order_id
        ) s on s.order_id = o.id
        left join (select order_id, count(*) as paid from refunds where state = 'Paid' group by order_id) r on r.order_id = o.id
        """;

    public async Task<List<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        // Orders first: what is told between the two is told of an order that isn't looked at, or once more than was expected of an open one.
        var orders = await databases.QueryAsync(
            "ordersdb",
            Steps,
            row => (Id: row.GetGuid(0), Expected: Enumerable.Range(1, s_types.Length).Select(row.GetInt64).ToArray()),
            cancellationToken);
        var told = (await databases.QueryAsync(
            "notificationsdb",
            "select order_id, type, count(*) from notifications where order_id is not null group by order_id, type",
            row => (Order: row.GetGuid(0), Type: row.GetString(1), Count: row.GetInt64(2)),
            cancellationToken)).ToDictionary(row => (row.Order, row.Type), row => row.Count);

        return [new("notifications and orders", "one for each step of an order", orders.Count, [.. Compare(orders, told)])];
    }

    /// <summary>Notifications that are still to be written, and e-mails that are still to be sent.</summary>
    public async Task<long> UnderWayAsync(CancellationToken cancellationToken)
    {
        var expected = await databases.QueryAsync(
            "ordersdb",
            $"select sum(placed + confirmed + cancelled + shipped + delivered + refunded)::bigint from ({Steps}) as steps having count(*) > 0",
            row => row.GetInt64(0),
            cancellationToken);
        var told = await databases.QueryAsync(
            "notificationsdb", "select count(*) from notifications where order_id is not null", row => row.GetInt64(0), cancellationToken);
        var unsent = await databases.QueryAsync(
            "notificationsdb", "select count(*) from deliveries where due_at is not null and webhook_id is null", row => row.GetInt64(0), cancellationToken);
        return Math.Max(0, expected.SingleOrDefault() - told.Single()) + unsent.Single();
    }

    private static IEnumerable<Breach> Compare(List<(Guid Id, long[] Expected)> orders, Dictionary<(Guid Order, string Type), long> told)
    {
        foreach (var (id, expected) in orders)
        {
            foreach (var (type, count) in s_types.Zip(expected))
            {
                var notifications = told.GetValueOrDefault((id, type));
                if (notifications != count)
                    yield return new("notification", id.ToString(), $"{type}: {notifications} notifications, {count} expected");
            }
        }

        var known = orders.Select(order => order.Id).ToHashSet();
        foreach (var order in told.Keys.Select(key => key.Order).Distinct().Where(order => !known.Contains(order)))
            yield return new("notification-without-order", order.ToString(), "there is no such order");
    }
}
