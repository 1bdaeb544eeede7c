using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ShopFlow.Messaging;

/// <summary>Forgets events that were handled so long ago that nobody delivers them again.</summary>
internal sealed class InboxCleanup<TContext>(
    IServiceScopeFactory scopes, MessagingOptions options, TimeProvider time, ILogger<InboxCleanup<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "The inbox could not be cleaned; trying again in {Interval}", Interval);
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        var before = time.GetUtcNow() - options.InboxRetention;

        // ix_inbox_messages_received_at: only the oldest blocks are read.
        var forgotten = await db.Database.ExecuteSqlAsync($"delete from inbox_messages where received_at < {before}", cancellationToken);
        logger.LogDebug("Forgot {Count} handled events", forgotten);
    }
}
