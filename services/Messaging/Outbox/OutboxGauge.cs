using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Messaging;

/// <summary>Measures the outbox now and then, whether or not the relay gets anywhere.</summary>
internal sealed class OutboxGauge<TContext>(
    IServiceScopeFactory scopes, MessagingTelemetry telemetry, TimeProvider time, ILogger<OutboxGauge<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private sealed record Measure(long Depth, DateTimeOffset? Oldest);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("outbox gauge");
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await MeasureAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogDebug(e, "The outbox could not be measured");
            }
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();

        // pk_outbox_messages; beyond ten thousand rows the exact number doesn't matter any more.
        var measure = await db.Database
            .SqlQuery<Measure>($"""
                select count(*) as "Depth", min(occurred_at) as "Oldest"
                from (select occurred_at from outbox_messages order by position limit 10000) as waiting
                """)
            .SingleAsync(cancellationToken);

        telemetry.OutboxDepth = measure.Depth;
        telemetry.OutboxAge = measure.Oldest is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero;
    }
}
