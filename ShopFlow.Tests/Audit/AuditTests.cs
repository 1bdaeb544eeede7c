using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Cli.Audit;
using ShopFlow.Inventory.Data;
using ShopFlow.Notifications.Data;
using ShopFlow.Orders.Data;
using ShopFlow.Payments.Data;
using ShopFlow.Recommendations.Data;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Audit;

/// <summary>
/// One order that is sold, in three real databases, and then one thing that must not be. What each service's own audit finds is
/// tested with the service.
/// </summary>
public sealed class AuditTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Order = "0198c0de-0000-7000-8000-000000000001";
    private const string LongAgo = "now() - interval '1 hour'";
    private const string Payment = "0198c0de-0000-7000-8000-000000000002";

    private readonly Dictionary<string, string> _connections = [];
    private readonly List<ProviderCharge> _charges = [new(Payment, "Captured", "EUR", Captured: 1000, Refunded: 0)];
    private ShopDatabases _databases = null!;
    private long _deadLetters;

    public async ValueTask InitializeAsync()
    {
        await MigrateAsync<OrdersDbContext>("ordersdb", options => new(options));
        await MigrateAsync<InventoryDbContext>("inventorydb", options => new(options));
        await MigrateAsync<PaymentsDbContext>("paymentsdb", options => new(options));
        await MigrateAsync<NotificationsDbContext>("notificationsdb", options => new(options));
        await MigrateAsync<RecommendationsDbContext>("recommendationsdb", options => new(options));
        _databases = new(_connections);

        await RunAsync("inventorydb", $"""
            delete from stock;
            insert into stock (sku, initial, available, sold, updated_at) values ('MUG', 10, 8, 2, now());
            insert into reservations (order_id, state, created_at, expires_at, settled_at) values ('{Order}', 'Confirmed', now(), now(), now());
            insert into reservation_lines (order_id, sku, quantity) values ('{Order}', 'MUG', 2);
            """);
        await InsertAsync("ordersdb", "orders", new()
        {
            ["id"] = $"'{Order}'", ["state"] = "'Confirmed'", ["currency"] = "'EUR'", ["total"] = "1000", ["subtotal"] = "1000", ["captured"] = "1000",
            ["created_at"] = LongAgo,
        });
        await InsertAsync("ordersdb", "order_lines", new()
        {
            ["order_id"] = $"'{Order}'", ["sku"] = "'MUG'", ["quantity"] = "2", ["unit_price"] = "500", ["position"] = "0",
        });
        await InsertAsync("ordersdb", "status_changes", new() { ["order_id"] = $"'{Order}'", ["state"] = "'Confirmed'", ["at"] = LongAgo });
        await InsertAsync("paymentsdb", "payments", new()
        {
            ["id"] = $"'{Payment}'", ["order_id"] = $"'{Order}'", ["amount"] = "1000", ["captured"] = "1000", ["currency"] = "'EUR'", ["state"] = "'Captured'",
        });
        foreach (var kind in new[] { "Authorised", "Captured" })
        {
            await InsertAsync("paymentsdb", "ledger", new()
            {
                ["id"] = "gen_random_uuid()", ["order_id"] = $"'{Order}'", ["payment_id"] = $"'{Payment}'", ["kind"] = $"'{kind}'", ["amount"] = "1000", ["currency"] = "'EUR'",
            });
        }

        foreach (var type in new[] { "OrderPlaced", "OrderConfirmed" })
        {
            await InsertAsync("notificationsdb", "notifications", new()
            {
                ["id"] = "gen_random_uuid()", ["order_id"] = $"'{Order}'", ["type"] = $"'{type}'",
            });
        }

        await RunAsync("notificationsdb", """
            insert into deliveries (id, notification_id, state, gives_up_at, created_at)
            select gen_random_uuid(), id, 'Sent', now(), now() from notifications where type = 'OrderPlaced'
            """);
        await RunAsync("recommendationsdb", $$"""
            insert into orders (id, products, is_confirmed, heard_at) values ('{{Order}}', '{{{Order}}}', true, now());
            insert into products (id, orders) values ('{{Order}}', 1);
            """);
    }

    public ValueTask DisposeAsync() => _databases.DisposeAsync();

    [Fact]
    public async Task A_shop_in_order_has_no_breaches_and_everything_was_looked_at()
    {
        var results = await AuditAsync();

        Assert.Empty(results.SelectMany(result => result.Breaches));
        Assert.All(results.Where(result => result.Check is not ("outboxes" or "dead letters")), result => Assert.Equal(1, result.Examined));
    }

    [Theory]
    [InlineData("ordersdb", "update orders set state = 'AwaitingStock'", "orders: 1")]
    [InlineData("inventorydb", "update reservations set state = 'Held', settled_at = null", "reservations: 1")]
    [InlineData("ordersdb", "insert into refunds (id, order_id, amount, tax, shipping, reason, state, requested_at) select gen_random_uuid(), id, 1, 0, 0, 'r', 'Requested', now() from orders", "refunds: 1")]
    [InlineData("paymentsdb", "insert into outbox_messages (id, name, payload, occurred_at) values (gen_random_uuid(), 'some.event', '{}', now())", "events: 1")]
    [InlineData("notificationsdb", "delete from notifications where type = 'OrderPlaced'", "notifications: 1")]
    [InlineData("notificationsdb", "update deliveries set state = 'Waiting', due_at = now()", "notifications: 1")]
    public async Task What_is_under_way_is_named(string database, string change, string expected)
    {
        await RunAsync(database, change);

        Assert.Equal(expected, $"{await UnsettledAsync()}");
    }

    [Fact]
    public async Task An_order_that_waits_for_its_shopper_is_settled()
    {
        await RunAsync("ordersdb", "update orders set state = 'AwaitingChallenge'");
        await RunAsync("inventorydb", "update reservations set state = 'Held', settled_at = null");

        Assert.True((await UnsettledAsync()).IsNothing);
    }

    [Theory]
    [InlineData("inventorydb", "update stock set available = 7, sold = 3", "sold")]
    [InlineData("inventorydb", "update reservations set state = 'Released'", "reservation")]
    [InlineData("inventorydb", "delete from reservation_lines; delete from reservations", "reservation")]
    [InlineData("inventorydb", "update stock set available = 9, sold = 1", "stock-sold")]
    [InlineData("ordersdb", "update orders set state = 'Cancelled', captured = 0", "money-kept")]
    [InlineData("ordersdb", "update orders set captured = 0", "payment-amount")]
    [InlineData("ordersdb", "update order_lines set unit_price = 400", "order-total")]
    [InlineData("ordersdb", "update orders set currency = 'USD'", "payment-currency")]
    [InlineData("paymentsdb", "delete from ledger; delete from payments", "not-paid")]
    [InlineData("paymentsdb", "update payments set refunded = 100", "refund-amount")]
    [InlineData("paymentsdb", "update payments set captured = 900", "payment-captured")]
    [InlineData("paymentsdb", "update payments set order_id = gen_random_uuid()", "payment-without-order")]
    [InlineData("notificationsdb", "delete from notifications where type = 'OrderConfirmed'", "notification")]
    [InlineData("notificationsdb", "insert into notifications select gen_random_uuid(), user_id, type, subject, body, order_id, created_at from notifications", "notification")]
    [InlineData("notificationsdb", "update notifications set order_id = gen_random_uuid()", "notification-without-order")]
    [InlineData("notificationsdb", "update deliveries set state = 'Waiting', due_at = now() - interval '10 minutes'", "delivery-stuck")]
    [InlineData("notificationsdb", "update deliveries set link = 'secret'", "delivery-link")]
    public async Task What_was_changed_behind_the_services_backs_is_found(string database, string sql, string kind)
    {
        await RunAsync(database, sql);

        Assert.Contains(kind, await BreachesAsync());
    }

    [Fact]
    public async Task What_was_done_a_moment_ago_need_not_be_told_yet()
    {
        await PlaceAnotherAsync();

        Assert.DoesNotContain("notification", await BreachesAsync());
    }

    [Fact]
    public async Task What_was_told_long_ago_may_be_forgotten()
    {
        var order = await PlaceAnotherAsync();
        await RunAsync("ordersdb", $"update orders set created_at = now() - interval '91 days' where id = '{order}'");

        var notifications = new NotificationsAcrossServices(_databases);
        Assert.Empty((await notifications.RunAsync(default)).SelectMany(result => result.Breaches));
        Assert.Equal(0, await notifications.UnderWayAsync(default));
    }

    [Fact]
    public async Task What_is_told_between_the_two_readings_is_no_breach()
    {
        await using var connection = new NpgsqlConnection(_connections["notificationsdb"]);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var held = new NpgsqlCommand("lock table notifications in access exclusive mode", connection);
        await held.ExecuteNonQueryAsync();
        var auditing = new NotificationsAcrossServices(_databases).RunAsync(default);
        await Eventually.TrueAsync(
            () => IsTrueAsync("notificationsdb", "select exists (select from pg_locks where relation = 'notifications'::regclass and not granted)"),
            TimeSpan.FromSeconds(20),
            () => "the audit should wait for the notifications");

        var order = await PlaceAnotherAsync();
        await using var told = new NpgsqlCommand(
            $"insert into notifications select gen_random_uuid(), user_id, 'OrderPlaced', subject, body, '{order}', now() from notifications limit 1", connection);
        await told.ExecuteNonQueryAsync();
        await transaction.CommitAsync();

        Assert.Empty((await auditing).SelectMany(result => result.Breaches));
    }

    [Fact]
    public async Task What_the_provider_says_otherwise_is_found()
    {
        _charges[0] = _charges[0] with { Captured = 999, Refunded = 5 };
        _charges.Add(new(Guid.NewGuid().ToString(), "Captured", "EUR", Captured: 100, Refunded: 0));

        Assert.Equal(["charge-without-payment", "provider-captured", "provider-refunded"], (await BreachesAsync()).Order());
    }

    [Fact]
    public async Task Events_that_never_left_and_dead_letters_are_found()
    {
        await RunAsync("paymentsdb", """
            insert into outbox_messages (id, name, payload, occurred_at) values (gen_random_uuid(), 'payments.payment-captured', '{}', now())
            """);
        _deadLetters = 1;

        Assert.Equal(["dead-letters", "outbox"], (await BreachesAsync()).Order());
    }

    private Task<Unsettled> UnsettledAsync() => new MessagesAtRest(_databases, _ => Task.FromResult(_deadLetters)).UnsettledAsync(default);

    private async Task<List<string>> BreachesAsync() =>
        [.. (await AuditAsync()).SelectMany(result => result.Breaches).Select(breach => breach.Kind)];

    private async Task<List<CheckResult>> AuditAsync() =>
    [
        .. await new OwnFigures(_databases).RunAsync(default),
        .. await new GoodsAcrossServices(_databases).RunAsync(default),
        .. await new MoneyAcrossServices(_databases).RunAsync(_ => Task.FromResult<List<ProviderCharge>?>(_charges), default),
        .. await new NotificationsAcrossServices(_databases).RunAsync(default),
        .. await new MessagesAtRest(_databases, _ => Task.FromResult(_deadLetters)).RunAsync(default),
    ];

    private async Task MigrateAsync<TContext>(string name, Func<DbContextOptions<TContext>, TContext> create)
        where TContext : DbContext
    {
        _connections[name] = await postgres.CreateDatabaseAsync();
        await using var db = create(new DbContextOptionsBuilder<TContext>().UseNpgsql(_connections[name]).Options);
        await db.Database.MigrateAsync();
    }

    private async Task<Guid> PlaceAnotherAsync()
    {
        var id = Guid.NewGuid();
        await InsertAsync("ordersdb", "orders", new() { ["id"] = $"'{id}'", ["state"] = "'AwaitingStock'", ["currency"] = "'EUR'", ["deadline"] = "now()" });
        return id;
    }

    private async Task<bool> IsTrueAsync(string database, string sql) =>
        (await _databases.QueryAsync(database, sql, row => row.GetBoolean(0), default)).Single();

    private async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(_connections[database]);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // What the test says nothing about gets a value that means nothing.
    private async Task InsertAsync(string database, string table, Dictionary<string, string> values)
    {
        await RunAsync(database, $"""
            do $$
            declare required record;
            declare names text := '{string.Join(", ", values.Keys)}';
            declare given text := '{string.Join(", ", values.Values).Replace("'", "''")}';
            begin
                for required in
                    select column_name, data_type from information_schema.columns
                    where table_name = '{table}' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'
                      and column_name <> all (string_to_array('{string.Join(",", values.Keys)}', ','))
                loop
                    names := names || ', ' || required.column_name;
                    given := given || ', ' || case
                        when required.data_type in ('integer', 'bigint', 'smallint') then '0'
                        when required.data_type = 'numeric' then '0'
                        when required.data_type = 'boolean' then 'false'
                        when required.data_type = 'uuid' then 'gen_random_uuid()'
                        when required.data_type like 'timestamp%' then 'now()'
                        else '''x''' end;
                end loop;
                execute 'insert into {table} (' || names || ') values (' || given || ')';
            end $$
            """);
    }
}
