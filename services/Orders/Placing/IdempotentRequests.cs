using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// One effect for one Idempotency-Key. The answer is a row in the transaction of the effect itself: of concurrent twins the primary
/// key lets one through, and the others wait for it and then answer as it did.
/// </summary>
internal static class IdempotentRequests
{
    // pk_placed_requests; the plan is made once.
    private static readonly Func<OrdersDbContext, string, string, CancellationToken, Task<PlacedRequest?>> Query = EF.CompileAsyncQuery(
        (OrdersDbContext db, string owner, string key, CancellationToken _) =>
            db.PlacedRequests.AsNoTracking().SingleOrDefault(request => request.UserId == owner && request.Key == key));

    /// <summary>The answer that the key got; null when it is new.</summary>
    public static Task<PlacedRequest?> FindAnswerAsync(this OrdersDbContext db, IdempotencyKey key, CancellationToken cancellationToken) =>
        Query(db, key.Owner, key.Key, cancellationToken);
}
