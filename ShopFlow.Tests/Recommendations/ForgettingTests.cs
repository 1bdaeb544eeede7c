using ShopFlow.Contracts;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Data;

namespace ShopFlow.Tests.Recommendations;

public sealed class ForgettingTests(RecommendationsUnderTest shop) : IClassFixture<RecommendationsUnderTest>
{
    [Fact]
    public async Task What_is_too_old_is_taken_back_once()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());
        var old = await shop.BuyAsync(kettle, cup);
        await shop.LookAtAsync(kettle, cup);
        await shop.DeliverAsync<OrderPlaced, CountOrders>(RecommendationsUnderTest.Placed(Guid.CreateVersion7(), kettle, cup));

        shop.Time.Advance(TimeSpan.FromDays(300));
        await shop.BuyAsync(kettle, cup);
        await shop.LookAtAsync(kettle, cup);
        await shop.ForgetAsync();
        Assert.Equal((2, 1), await MetAsync(kettle, cup));

        shop.Time.Advance(TimeSpan.FromDays(80));
        await shop.ForgetAsync();
        Assert.Equal((1, 1), await MetAsync(kettle, cup));

        await shop.DeliverAsync<OrderCancelled, CountOrders>(RecommendationsUnderTest.Cancelled(old));
        Assert.Equal((1, 1), await MetAsync(kettle, cup));
        var rebuilt = await shop.RebuildAsync();
        Assert.Equal((0, 0), (rebuilt.CorrectedProducts, rebuilt.CorrectedPairs));
    }

    private async Task<(int Bought, int Viewed)> MetAsync(Guid one, Guid other) =>
        (await shop.MetAsync(Relation.BoughtTogether, one, other), await shop.MetAsync(Relation.ViewedTogether, one, other));
}
