using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Delivering;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class ForgettingTests(PostgresServer postgres) : IAsyncLifetime
{
    private NotificationsUnderTest _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await NotificationsUnderTest.StartAsync(postgres);
        _ = _service.Services;
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Deliveries_are_forgotten_before_what_they_told_and_what_was_given_up_with_it()
    {
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(
            Placed(null), Placed("anna@example.com"), Placed("no address"), Placed("no address either"));
        await _service.StateAsync("Skipped");
        await _service.StateAsync("Sent");
        await _service.StateAsync("Dead", 2);

        await ForgetAsync(afterDays: 29);
        Assert.Equal((4, 4), await RowsAsync());

        await ForgetAsync(afterDays: 2);
        Assert.Equal((2, 4), await RowsAsync());
        await _service.StateAsync("Dead", 2);

        // One is to be sent again.
        await _service.ScalarAsync("""
            update deliveries set state = 'Waiting', due_at = '2999-01-01' where id = (select id from deliveries limit 1) returning 0
            """);
        await ForgetAsync(afterDays: 150);
        Assert.Equal((1, 1), await RowsAsync());
    }

    [Fact]
    public async Task Much_is_forgotten_a_little_at_a_time_by_one_replica_and_by_an_index()
    {
        // Spread over 200 days.
        await _service.ScalarAsync("""
            insert into notifications (id, user_id, type, subject, body, created_at)
            select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
                   'anna', 'Message', 'subject', 'body', at
            from generate_series(1, 20000) as n, lateral (select now() - (n - 0.5) * interval '200 days' / 20000) as t (at);
            insert into deliveries (id, notification_id, state, gives_up_at, created_at, settled_at)
            select gen_random_uuid(), id, 'Sent', created_at, created_at, created_at from notifications;
            analyze notifications, deliveries;
            select 0
            """);

        await using (var other = _service.Services.CreateAsyncScope())
        {
            var db = other.ServiceProvider.GetRequiredService<NotificationsDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ForgetOldRows.ForgetLock})", TestContext.Current.CancellationToken);
            Assert.False(await ForgetAsync());
            Assert.Equal((20_000, 20_000), await RowsAsync());
        }

        Assert.True(await ForgetAsync());
        Assert.Equal((19_000, 19_000), await RowsAsync());

        while (await ForgetAsync())
        {
            // Until nothing is left.
        }

        Assert.Equal((3000, 18_000), await RowsAsync());
        await Eventually.TrueAsync(
            async () => await _service.ScalarAsync("select idx_scan from pg_stat_user_indexes where indexrelname = 'ix_deliveries_settled_at'") > 0,
            NotificationsUnderTest.Limit,
            () => "the index is not used");
    }

    private static OrderPlaced Placed(string? email) => new(Guid.NewGuid(), Guid.NewGuid().ToString(), email, [], 1290, "EUR");

    private async Task<bool> ForgetAsync(int afterDays = 0)
    {
        _service.Time.Advance(TimeSpan.FromDays(afterDays));
        await using var scope = _service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ForgetOldRows>().RunAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(long Deliveries, long Notifications)> RowsAsync() => (
        await _service.ScalarAsync("select count(*) from deliveries"), await _service.ScalarAsync("select count(*) from notifications"));
}
