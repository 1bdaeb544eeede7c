namespace ShopFlow.Cli.Audit;

/// <summary>Nothing is on its way any more, and nothing has died: no event in an outbox, no dead letter.</summary>
internal sealed class MessagesAtRest(ShopDatabases databases, Func<CancellationToken, Task<long>> countDeadLetters)
{
    // What nobody consumes is tried for some minutes and then set aside; it holds nothing up.
    private const string Waiting = "select count(*) from outbox_messages where held_until is null";

    public async Task<List<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var waiting = await OutboxesAsync(cancellationToken);
        var dead = await countDeadLetters(cancellationToken);
        return
        [
            new("outboxes", "empty at rest", waiting.Count,
                [.. waiting.Where(outbox => outbox.Value > 0).Select(outbox => new Breach("outbox", outbox.Key, $"{outbox.Value} events wait"))]),
            new("dead letters", "none", dead, dead == 0 ? [] : [new("dead-letters", "all services", $"{dead}: see ./shopflow dlq list")]),
        ];
    }

    public async Task<Unsettled> UnsettledAsync(CancellationToken cancellationToken)
    {
        var open = await databases.QueryAsync(
            "ordersdb",
            "select id, state from orders where state in ('AwaitingStock', 'AwaitingPayment', 'AwaitingChallenge')",
            row => (Id: row.GetGuid(0), State: row.GetString(1)),
            cancellationToken);
        var held = await databases.QueryAsync(
            "inventorydb", "select order_id from reservations where state = 'Held'", row => row.GetGuid(0), cancellationToken);
        var refunds = await databases.QueryAsync(
            "ordersdb", "select count(*) from refunds where state = 'Requested'", row => row.GetInt64(0), cancellationToken);

        var waitingForShopper = open.Where(order => order.State == "AwaitingChallenge").Select(order => order.Id).ToHashSet();
        return new(
            open.Count - waitingForShopper.Count,
            held.Count(order => !waitingForShopper.Contains(order)),
            refunds.Single(),
            (await OutboxesAsync(cancellationToken)).Values.Sum(),
            await new NotificationsAcrossServices(databases).UnderWayAsync(cancellationToken));
    }

    private async Task<Dictionary<string, long>> OutboxesAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        foreach (var database in databases.Names)
            counts[database] = (await databases.QueryAsync(database, Waiting, row => row.GetInt64(0), cancellationToken)).Single();
        return counts;
    }
}
