using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Placing;

/// <summary>Forgets answers that nobody asks for any more.</summary>
internal sealed class IdempotencyCleanup(
    IServiceScopeFactory scopes, OrdersOptions options, TimeProvider time, ILogger<IdempotencyCleanup> logger) : BackgroundService
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
                logger.LogWarning(e, "Old answers could not be deleted; trying again in {Interval}", Interval);
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var before = time.GetUtcNow() - options.IdempotencyRetention;

        // ix_placed_requests_created_at
        await db.PlacedRequests.Where(request => request.CreatedAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}
