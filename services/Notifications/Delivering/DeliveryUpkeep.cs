using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Delivering;

/// <summary>Measures what waits now and then, and forgets what is old.</summary>
internal sealed class DeliveryUpkeep(
    IServiceScopeFactory scopes, DeliveryTelemetry telemetry, TimeProvider time, ILogger<DeliveryUpkeep> logger) : BackgroundService
{
    private const int RoundsBetweenCleanups = 360;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("delivery upkeep");
        using var timer = new PeriodicTimer(s_interval, time);
        for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
                telemetry.Set(await MeasureAsync(db, time.GetUtcNow(), stoppingToken));
                if (round % RoundsBetweenCleanups == 0)
                    await ForgetAsync(scope.ServiceProvider.GetRequiredService<ForgetOldRows>(), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "The deliveries could not be looked after");
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

    private static async Task ForgetAsync(ForgetOldRows forget, CancellationToken cancellationToken)
    {
        while (await forget.RunAsync(cancellationToken))
        {
            // Until nothing is left.
        }
    }
}
