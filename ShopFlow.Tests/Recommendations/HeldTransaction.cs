using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Tests.Recommendations;

/// <summary>A transaction that holds its locks until the test lets it go, and can tell whether somebody waits for them.</summary>
internal sealed class HeldTransaction : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly RecommendationsUnderTest _shop;
    private readonly AsyncServiceScope _scope;
    private IDbContextTransaction _transaction = null!;

    private HeldTransaction(RecommendationsUnderTest shop)
    {
        (_shop, _scope) = (shop, shop.Services.CreateAsyncScope());
        Db = _scope.ServiceProvider.GetRequiredService<RecommendationsDbContext>();
    }

    public RecommendationsDbContext Db { get; }

    public static async Task<HeldTransaction> BeginAsync(RecommendationsUnderTest shop)
    {
        var held = new HeldTransaction(shop);
        held._transaction = await held.Db.Database.BeginTransactionAsync();
        return held;
    }

    public Task ExecuteAsync(FormattableString sql) => Db.Database.ExecuteSqlAsync(sql);

    public async Task SomebodyWaitsAsync()
    {
        var own = await Db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
        await Eventually.TrueAsync(
            () => _shop.WithDbAsync(db => db.Database
                .SqlQuery<bool>($"select exists (select from pg_stat_activity where {own} = any(pg_blocking_pids(pid))) as \"Value\"").SingleAsync()),
            Limit,
            () => "nobody waits for the transaction");
    }

    public Task CommitAsync() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _scope.DisposeAsync();
    }
}
