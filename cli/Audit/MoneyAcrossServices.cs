namespace ShopFlow.Cli.Audit;

/// <summary>Each captured payment has one order of its amount, and each order that is sold one captured payment.</summary>
internal sealed class MoneyAcrossServices(ShopDatabases databases)
{
    private static readonly string[] s_unpaid = ["AwaitingStock", "AwaitingPayment", "AwaitingChallenge"];

    private sealed record Order(Guid Id, string State, long Total, long Captured, long Refunded, string Currency);

    private sealed record Payment(Guid Id, Guid OrderId, long Amount, long Captured, long Refunded, string Currency);

    public async Task<List<CheckResult>> RunAsync(Func<CancellationToken, Task<List<ProviderCharge>?>> readProvider, CancellationToken cancellationToken)
    {
        // Payments first: an order that is placed between the two is older than its payment, never younger.
        var payments = await databases.QueryAsync(
            "paymentsdb",
            "select id, order_id, amount, captured, refunded, currency from payments",
            row => new Payment(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5)),
            cancellationToken);
        var orders = await databases.QueryAsync(
            "ordersdb",
            "select id, state, total, captured, refunded, currency from orders",
            row => new Order(row.GetGuid(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5)),
            cancellationToken);

        var results = new List<CheckResult>
        {
            new("payments and orders", "captured and refunded by payments = what the orders say", orders.Count, [.. Compare(orders, payments)]),
        };
        if (await readProvider(cancellationToken) is { } charges)
            results.Add(new("provider and payments", "captured and refunded at the provider = the payments", charges.Count, [.. Compare(payments, charges)]));

        return results;
    }

    private static IEnumerable<Breach> Compare(List<Order> orders, List<Payment> payments)
    {
        var byOrder = payments.ToLookup(payment => payment.OrderId);
        foreach (var order in orders)
        {
            var subject = order.Id.ToString();
            var own = byOrder[order.Id].ToList();
            var (captured, refunded) = (own.Sum(payment => payment.Captured), own.Sum(payment => payment.Refunded));

            if (own.Count(payment => payment.Captured > 0) > 1)
                yield return new("charged-twice", subject, $"{own.Count} payments of {captured} {order.Currency} in all");
            if (own.Exists(payment => payment.Currency != order.Currency))
                yield return new("payment-currency", subject, $"the order is in {order.Currency}");
            if (captured != order.Captured)
                yield return new("payment-amount", subject, $"{order.State}: payments captured {captured}, the order says {order.Captured} of {order.Total}");
            if (refunded != order.Refunded)
                yield return new("refund-amount", subject, $"{order.State}: payments gave back {refunded}, the order says {order.Refunded}");
            if (order.State == "Cancelled" && captured != refunded)
                yield return new("money-kept", subject, $"cancelled, but {captured - refunded} {order.Currency} were kept");
            if (order.State != "Cancelled" && !s_unpaid.Contains(order.State) && captured != order.Total)
                yield return new("not-paid", subject, $"{order.State}, but {captured} of {order.Total} were captured");
        }

        var known = orders.Select(order => order.Id).ToHashSet();
        foreach (var payment in payments.Where(payment => payment.Captured > 0 && !known.Contains(payment.OrderId)))
            yield return new("payment-without-order", payment.OrderId.ToString(), $"{payment.Captured} {payment.Currency} were captured");
    }

    private static IEnumerable<Breach> Compare(List<Payment> payments, List<ProviderCharge> charges)
    {
        var byKey = charges.ToDictionary(charge => charge.IdempotencyKey, StringComparer.Ordinal);
        foreach (var payment in payments)
        {
            var charge = byKey.GetValueOrDefault(payment.Id.ToString());
            if ((charge?.Captured ?? 0) != payment.Captured)
                yield return new("provider-captured", payment.OrderId.ToString(), $"the provider says {charge?.Captured ?? 0}, payments {payment.Captured}");
            if ((charge?.Refunded ?? 0) != payment.Refunded)
                yield return new("provider-refunded", payment.OrderId.ToString(), $"the provider says {charge?.Refunded ?? 0}, payments {payment.Refunded}");
        }

        var known = payments.Select(payment => payment.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var charge in charges.Where(charge => !known.Contains(charge.IdempotencyKey)))
            yield return new("charge-without-payment", charge.IdempotencyKey, $"{charge.Status}, {charge.Captured} {charge.Currency} captured");
    }
}
