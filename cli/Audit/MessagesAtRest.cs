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

    /// <summary>Events on their way out of the services, and orders that are still being decided.</summary>
    public async Task<long> UnsettledAsync(CancellationToken cancellationToken)
    {
        var open = await databases.QueryAsync(
            "ordersdb", "select count(*) from orders where state in ('AwaitingStock', 'AwaitingPayment')", row => row.GetInt64(0), cancellationToken);
        var held = await databases.QueryAsync(
            "inventorydb", "select count(*) from reservations where state = 'Held'", row => row.GetInt64(0), cancellationToken);
        var refunds = await databases.QueryAsync(
            "ordersdb", "select count(*) from refunds where state = 'Requested'", row => row.GetInt64(0), cancellationToken);
        return open.Single() + held.Single() + refunds.Single() + (await OutboxesAsync(cancellationToken)).Values.Sum();
    }

    private async Task<Dictionary<string, long>> OutboxesAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>();
        foreach (var database in databases.Names)
            counts[database] = (await databases.QueryAsync(database, Waiting, row => row.GetInt64(0), cancellationToken)).Single();
        return counts;
    }
}
