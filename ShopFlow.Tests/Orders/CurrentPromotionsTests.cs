using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Orders.Promotions;
using static ShopFlow.Tests.Orders.PromotionsUnderTest;

namespace ShopFlow.Tests.Orders;

/// <summary>The first requests after a start, before the promotions are known.</summary>
public sealed class CurrentPromotionsTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    [Fact]
    public async Task All_of_the_first_wait_for_one_reading_and_miss_nothing()
    {
        var promotion = (await orders.PromotionAsync(new { name = "Ten off", terms = TenPercent })).GetProperty("id").GetGuid();
        var scopes = new CountedScopes(orders.Factory.Services.GetRequiredService<IServiceScopeFactory>());
        using var promotions = new CurrentPromotions(scopes, orders.Time);
        using var impatient = new CancellationTokenSource();

        var others = await orders.WithDbAsync(async db =>
        {
            // Nobody can read before all have asked.
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Database.ExecuteSqlAsync($"lock table promotions in access exclusive mode");
            var first = promotions.GetAsync(impatient.Token).AsTask();
            var others = Enumerable.Range(0, 31).Select(_ => promotions.GetAsync(CancellationToken.None).AsTask()).ToList();
            await impatient.CancelAsync();
            await Task.WhenAny(first);
            await transaction.CommitAsync();
            return others;
        });

        Assert.All(await Task.WhenAll(others), known => Assert.Contains(promotion, known.Select(one => one.Id)));
        Assert.Equal(1, scopes.Made);
    }

    [Fact]
    public async Task A_reading_that_failed_fails_all_who_waited_and_nobody_after()
    {
        var scopes = new CountedScopes(orders.Factory.Services.GetRequiredService<IServiceScopeFactory>()) { Failing = true };
        using var promotions = new CurrentPromotions(scopes, orders.Time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => promotions.GetAsync(CancellationToken.None).AsTask());
        scopes.Failing = false;

        Assert.NotNull(await promotions.GetAsync(CancellationToken.None));
    }

    private sealed class CountedScopes(IServiceScopeFactory scopes) : IServiceScopeFactory
    {
        private int made;

        public int Made => made;

        public bool Failing { get; set; }

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref made);
            return Failing ? throw new InvalidOperationException("The database is away.") : scopes.CreateScope();
        }
    }
}
