using ShopFlow.Cli.Audit;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Chaos;

/// <summary>What the database has of the run's orders, against what the shoppers were told.</summary>
internal sealed record KeptPromises(int Confirmed, int Cancelled, IReadOnlyList<string> Broken)
{
    public static async Task<KeptPromises> CheckAsync(Checkout checkout, Shoppers shoppers, CancellationToken cancellationToken)
    {
        await using var databases = new ShopDatabases(RunConnections.Read(checkout));
        var stored = await databases.QueryAsync(
            "ordersdb",
            $"select id, email, state from orders where email like '{shoppers.EmailPrefix}%'",
            row => new StoredOrder(row.GetGuid(0), row.GetString(1), row.GetString(2)),
            cancellationToken);

        return Compare(shoppers.Orders, stored);
    }

    public static KeptPromises Compare(IReadOnlyCollection<ChaosOrder> told, IReadOnlyCollection<StoredOrder> stored) => new(
        stored.Count(order => order.State == "Confirmed"),
        stored.Count(order => order.State == "Cancelled"),
        [.. Lost(told, stored), .. Doubled(stored), .. Open(stored), .. Refused(told)]);

    private static IEnumerable<string> Lost(IEnumerable<ChaosOrder> orders, IEnumerable<StoredOrder> stored)
    {
        var byEmail = stored.ToLookup(order => order.Email);
        return orders
            .Where(order => order.Id is { } id && !byEmail[order.Email].Any(one => one.Id == id))
            .Select(order => $"order {order.Id} was acknowledged, and is not there");
    }

    private static IEnumerable<string> Doubled(IEnumerable<StoredOrder> stored) => stored
        .GroupBy(order => order.Email)
        .Where(same => same.Count() > 1)
        .Select(same => $"one Idempotency-Key made {same.Count()} orders: {string.Join(", ", same.Select(order => order.Id))}");

    private static IEnumerable<string> Open(IEnumerable<StoredOrder> stored) => stored
        .Where(order => order.State is not ("Confirmed" or "Cancelled"))
        .Select(order => $"order {order.Id} is still {order.State}");

    private static IEnumerable<string> Refused(IEnumerable<ChaosOrder> orders) => orders
        .Where(order => order.Refusal is not null)
        .Select(order => $"a shopper gave up after {order.Retries} retries: {order.Refusal}");
}
