using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <summary>Measures what waits now and then, and forgets what was settled long ago; what was given up stays, to be replayed.</summary>
internal sealed class DeliveryUpkeep(
    IServiceScopeFactory scopes, DeliveryTelemetry telemetry, DeliveryOptions options, TimeProvider time, ILogger<DeliveryUpkeep> logger) : BackgroundService
{
    private const int RoundsBetweenCleanups = 360;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("delivery upkeep");
        using var timer = new PeriodicTimer(s_interval, time);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
                telemetry.Set(await MeasureAsync(db, time.GetUtcNow(), stoppingToken));
                if (round % RoundsBetweenCleanups == 0)
                    await ForgetAsync(db, time.GetUtcNow() - options.KeepSent, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "The deliveries could not be measured");
            }
        }
    }

    // ix_deliveries_due and ix_deliveries_dead
    internal static Task<List<DeliveryTelemetry.Backlog>> MeasureAsync(NotificationsDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DeliveryTelemetry.Backlog>($"""
            with open as (
                select webhook_id, created_at, true as waits from deliveries where due_at is not null
                union all
                select webhook_id, created_at, false from deliveries where state = 'Dead'
            )
            select channel as "Channel",
                   count(*) filter (where waits) as "Waiting",
                   count(*) filter (where not waits) as "Dead",
                   coalesce(extract(epoch from {now} - min(created_at) filter (where waits)), 0)::float8 as "OldestSeconds"
            from (values ('email'), ('webhook')) as channels (channel)
            left join open on (open.webhook_id is null) = (channel = 'email')
            group by channel
            """).ToListAsync(cancellationToken);

    /// <returns>How many deliveries were.</returns>
    internal static async Task<int> ForgetAsync(NotificationsDbContext db, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await db.SentMessages.Where(sent => sent.CreatedAt < since).ExecuteDeleteAsync(cancellationToken);
        return await db.Deliveries
            .Where(delivery => (delivery.State == DeliveryState.Sent || delivery.State == DeliveryState.Skipped) && delivery.SettledAt < since)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
