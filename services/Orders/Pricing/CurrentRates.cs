using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Pricing;

/// <summary>The newest rates, kept in this process until <see cref="PricingListener"/> hears of newer ones.</summary>
internal sealed class CurrentRates(IServiceScopeFactory scopes)
{
    private readonly Lock gate = new();
    private volatile Rates? current;

    public int? KnownVersion => current?.Version;

    public ValueTask<Rates> GetAsync(CancellationToken cancellationToken) =>
        current is { } known ? ValueTask.FromResult(known) : new(LoadAsync(cancellationToken));

    /// <summary>Reads the newest; of two that are read at the same time the newer stays.</summary>
    public async Task<Rates> LoadAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();

        // pk_rates, backwards.
        var stored = await db.Rates.AsNoTracking().OrderByDescending(rates => rates.Version).FirstAsync(cancellationToken);
        var loaded = new Rates(stored.Version, JsonSerializer.Deserialize(stored.Sheet, OrdersJsonContext.Default.RateSheet)!);
        return Replace(loaded);
    }

    public Rates Replace(Rates loaded)
    {
        lock (gate)
        {
            if (current is null || current.Version < loaded.Version)
                current = loaded;

            return current;
        }
    }
}
