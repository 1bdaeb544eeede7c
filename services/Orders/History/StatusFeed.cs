using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>
/// Tells followers what happened to their orders. A change may be made by another replica, so it is read from the database: one
/// query for all followed orders of this process at each interval, and none when nobody follows.
/// </summary>
internal sealed class StatusFeed(IServiceScopeFactory scopes, OrdersOptions options, ILogger<StatusFeed> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<StatusFollower, Guid> followers = [];

    /// <summary>All changes of an order after <paramref name="step"/>, past and to come, until the follower is disposed of.</summary>
    public StatusFollower Follow(Guid orderId, int step)
    {
        var follower = new StatusFollower(step, leaving => followers.TryRemove(leaving, out _));
        followers[follower] = orderId;
        return follower;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("status feed");
        using var timer = new PeriodicTimer(options.FollowInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (!followers.IsEmpty)
                    await TellAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(e, "Followers hear nothing of their orders; trying again");
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var followed = followers.ToArray();
        var ids = followed.Select(pair => pair.Value).Distinct().ToArray();

        // pk_status_changes; an order has three or four changes.
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var changes = await db.StatusChanges.AsNoTracking()
            .Where(change => ids.Contains(change.OrderId))
            .OrderBy(change => change.Step)
            .ToListAsync(cancellationToken);

        var byOrder = changes.ToLookup(change => change.OrderId);
        foreach (var (follower, orderId) in followed)
        {
            foreach (var change in byOrder[orderId])
                follower.Offer(change);
        }
    }
}
