using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// One effect for one Idempotency-Key. The answer is a row in the transaction of the effect itself: of concurrent twins the primary
/// key lets one through, and the others wait for it and then answer as it did.
/// </summary>
internal sealed class IdempotentRequests(OrdersDbContext db)
{
    // pk_placed_requests
    public Task<PlacedRequest?> FindAsync(IdempotencyKey key, CancellationToken cancellationToken) =>
        FindAsync(key.Owner, key.Key, cancellationToken);

    /// <summary>Saves everything that is pending on the DbContext together with <paramref name="placed"/>.</summary>
    /// <returns>Null, or the answer of the twin that was first.</returns>
    public async Task<PlacedRequest?> SaveAsync(PlacedRequest placed, CancellationToken cancellationToken)
    {
        db.PlacedRequests.Add(placed);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: OrdersDbContext.PlacedRequestsKey })
        {
            db.ChangeTracker.Clear();
            return await FindAsync(placed.UserId, placed.Key, cancellationToken)
                ?? throw new InvalidOperationException("The answer of the first request was deleted while its twin waited for it.", e);
        }
    }

    private Task<PlacedRequest?> FindAsync(string owner, string key, CancellationToken cancellationToken) =>
        db.PlacedRequests.AsNoTracking().SingleOrDefaultAsync(request => request.UserId == owner && request.Key == key, cancellationToken);
}
