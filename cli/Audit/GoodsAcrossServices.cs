namespace ShopFlow.Cli.Audit;

/// <summary>Each order has a reservation that fits its state, and each SKU has sold what the orders say.</summary>
internal sealed class GoodsAcrossServices(ShopDatabases databases)
{
    public async Task<List<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var reservations = (await databases.QueryAsync(
            "inventorydb", "select order_id, state from reservations", row => (Order: row.GetGuid(0), State: row.GetString(1)), cancellationToken))
            .ToDictionary(reservation => reservation.Order, reservation => reservation.State);
        var orders = await databases.QueryAsync(
            "ordersdb", "select id, state from orders", row => (Id: row.GetGuid(0), State: row.GetString(1)), cancellationToken);

        var sold = await SumsAsync("inventorydb", "select sku, sold from stock", cancellationToken);
        var ordered = await SumsAsync(
            "ordersdb",
            """
            select sku, sum(units)::bigint
            from (
                select l.sku, l.quantity as units
                from order_lines l
                join orders o on o.id = l.order_id
                where o.state not in ('Cancelled', 'AwaitingStock', 'AwaitingPayment', 'AwaitingChallenge')
                union all
                select sku, -restocked from return_lines
            ) moved
            group by sku
            """,
            cancellationToken);

        return
        [
            new("reservations and orders", "held while it is open, confirmed when sold, released when cancelled", orders.Count, [.. Compare(orders, reservations)]),
            new("stock and orders", "sold per SKU = ordered - returned", sold.Count, [.. Compare(sold, ordered)]),
        ];
    }

    private static IEnumerable<Breach> Compare(IEnumerable<(Guid Id, string State)> orders, Dictionary<Guid, string> reservations)
    {
        foreach (var (id, state) in orders)
        {
            var reservation = reservations.GetValueOrDefault(id, "missing");
            var fits = state switch
            {
                "AwaitingStock" => true,
                "AwaitingPayment" or "AwaitingChallenge" => reservation is "Held",
                "Cancelled" => reservation is "Released" or "Rejected" or "Expired",
                _ => reservation is "Confirmed",
            };
            if (!fits)
                yield return new("reservation", id.ToString(), $"the order is {state}, its reservation {reservation}");
        }
    }

    private static IEnumerable<Breach> Compare(Dictionary<string, long> sold, Dictionary<string, long> ordered)
    {
        foreach (var sku in sold.Keys.Union(ordered.Keys).Order(StringComparer.Ordinal))
        {
            var (inStock, inOrders) = (sold.GetValueOrDefault(sku), ordered.GetValueOrDefault(sku));
            if (inStock != inOrders)
                yield return new("sold", sku, $"inventory sold {inStock}, the orders say {inOrders}");
        }
    }

    private async Task<Dictionary<string, long>> SumsAsync(string database, string sql, CancellationToken cancellationToken) =>
        (await databases.QueryAsync(database, sql, row => (Sku: row.GetString(0), Units: row.GetInt64(1)), cancellationToken))
            .ToDictionary(row => row.Sku, row => row.Units, StringComparer.Ordinal);
}
