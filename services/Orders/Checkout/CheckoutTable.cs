using Npgsql;
using NpgsqlTypes;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Checkout;

/// <summary>Reads and writes the checkout of many orders in one statement each.</summary>
internal static class CheckoutTable
{
    private const string Columns =
        "id, user_id, email, payment_method, currency, total, state, step, reason, deadline, challenge_url, payment_id, captured, coupon_id";

    // pk_orders. Always in the order of the ids, so that two transactions never wait for each other in a circle.
    private const string LockAll = $"select {Columns} from orders where id = any(@ids) order by id for no key update";

    // ix_orders_deadline. An order that an event is moving right now is skipped: it is not stuck.
    private const string LockOverdue = $"""
        select {Columns} from orders where deadline <= @now order by deadline limit @limit for no key update skip locked
        """;

    private const string Save = """
        with moved as (
            update orders o
            set state = n.state, step = n.step, reason = n.reason, deadline = n.deadline, challenge_url = n.challenge_url,
                payment_id = n.payment_id, captured = n.captured
            from unnest(@ids, @states, @steps, @reasons, @deadlines, @challenge_urls, @payment_ids, @captured)
                as n (id, state, step, reason, deadline, challenge_url, payment_id, captured)
            where o.id = n.id
        )
        insert into status_changes (order_id, step, state, reason, challenge_url, at)
        select * from unnest(@change_ids, @change_steps, @change_states, @change_reasons, @change_urls, @change_times)
        """;

    public static Task<List<CheckoutOrder>> LockAsync(this OrdersDbContext db, IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        db.QueryAsync(
            db.MayWaitForLock() ? LockAll : $"{LockAll} nowait", [new("ids", ids.Distinct().ToArray())], CheckoutOrder.Read, cancellationToken);

    public static Task<List<CheckoutOrder>> LockOverdueAsync(
        this OrdersDbContext db, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        db.QueryAsync(LockOverdue, [new("now", now), new("limit", limit)], CheckoutOrder.Read, cancellationToken);

    public static Task SaveAsync(
        this OrdersDbContext db, IReadOnlyList<CheckoutOrder> orders, IReadOnlyList<StatusChange> changes, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            Array("ids", NpgsqlDbType.Uuid, orders, order => order.Id),
            Array("states", NpgsqlDbType.Text, orders, order => order.State.ToString()),
            Array("steps", NpgsqlDbType.Integer, orders, order => order.Step),
            Array("reasons", NpgsqlDbType.Text, orders, order => order.Reason),
            Array("deadlines", NpgsqlDbType.TimestampTz, orders, order => order.Deadline),
            Array("challenge_urls", NpgsqlDbType.Text, orders, order => order.ChallengeUrl),
            Array("payment_ids", NpgsqlDbType.Uuid, orders, order => order.PaymentId),
            Array("captured", NpgsqlDbType.Bigint, orders, order => order.Captured),
            Array("change_ids", NpgsqlDbType.Uuid, changes, change => change.OrderId),
            Array("change_steps", NpgsqlDbType.Integer, changes, change => change.Step),
            Array("change_states", NpgsqlDbType.Text, changes, change => change.State.ToString()),
            Array("change_reasons", NpgsqlDbType.Text, changes, change => change.Reason),
            Array("change_urls", NpgsqlDbType.Text, changes, change => change.ChallengeUrl),
            Array("change_times", NpgsqlDbType.TimestampTz, changes, change => change.At),
        ];
        return db.ExecuteAsync(Save, parameters, cancellationToken);
    }

    private static NpgsqlParameter Array<TRow, TValue>(string name, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
        new(name, NpgsqlDbType.Array | type) { Value = rows.Select(value).ToArray() };
}
