namespace ShopFlow.Cli.Audit;

/// <summary>What each service says of its own figures: every row of its Audit.sql is a breach.</summary>
internal sealed class OwnFigures(ShopDatabases databases)
{
    private static readonly (string Database, string Table, string Compares)[] s_audits =
    [
        ("inventorydb", "stock", "initial + adjusted = available + reserved + sold, reservations and returns behind each"),
        ("ordersdb", "orders", "lines - discounts + shipping + tax = total, refunds, parcels, returns and coupons within their bounds, none overdue"),
        ("paymentsdb", "payments", "captured and refunded = the ledger's movements, nothing stuck"),
        ("notificationsdb", "deliveries", "every delivery due, sent or given up; none stuck, no secret kept"),
        ("recommendationsdb", "orders", "counts of products and pairs = the orders and visits that they were counted from"),
    ];

    public async Task<List<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var (database, table, compares) in s_audits)
        {
            var breaches = await databases.QueryAsync(
                database, Script(database), row => new Breach(row.GetString(0), row.GetString(1), row.GetString(2)), cancellationToken);
            var examined = await databases.QueryAsync(database, $"select count(*) from {table}", row => row.GetInt64(0), cancellationToken);
            results.Add(new(database, compares, examined.Single(), breaches));
        }

        return results;
    }

    private static string Script(string database)
    {
        using var stream = typeof(OwnFigures).Assembly.GetManifestResourceStream($"audit.{database}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
