using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Promotions;

/// <summary>
/// The promotions that need no code, kept in this process until <see cref="Pricing.PricingListener"/> hears of a change, so that
/// an order without a coupon asks nobody.
/// </summary>
internal sealed class CurrentPromotions(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    // Whoever loads later has read later.
    private readonly SemaphoreSlim loading = new(1);
    private readonly Lock gate = new();
    private volatile IReadOnlyList<Promotion>? current;
    private Task<IReadOnlyList<Promotion>>? first;

    /// <summary>Those that are active now.</summary>
    public async ValueTask<IReadOnlyList<Promotion>> GetAsync(CancellationToken cancellationToken)
    {
        var known = current ?? await FirstAsync().WaitAsync(cancellationToken);
        if (known is [])
            return known;

        var now = time.GetUtcNow();
        return [.. known.Where(promotion => promotion.StatusAt(now) is PromotionStatus.Active)];
    }

    public async Task<IReadOnlyList<Promotion>> LoadAsync(CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            var now = time.GetUtcNow();

            // ix_promotions_automatic
            return current = await db.Promotions.AsNoTracking()
                .Where(promotion => promotion.Code == null && (promotion.EndsAt == null || promotion.EndsAt > now))
                .ToListAsync(cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    public void Dispose() => loading.Dispose();

    // All who come before anything is known wait for one reading, and none of them can cancel it. One that failed is not kept.
    private Task<IReadOnlyList<Promotion>> FirstAsync()
    {
        lock (gate)
        {
            return first is null or { IsFaulted: true } or { IsCanceled: true } ? first = LoadAsync(CancellationToken.None) : first;
        }
    }
}
