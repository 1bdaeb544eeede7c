using ShopFlow.Contracts;
using ShopFlow.Recommendations.Counting;
using ShopFlow.Recommendations.Data;
using ShopFlow.Recommendations.Views;

namespace ShopFlow.Tests.Recommendations;

public sealed class CountingTests(RecommendationsUnderTest shop) : IClassFixture<RecommendationsUnderTest>
{
    [Fact]
    public async Task An_order_counts_when_it_is_confirmed_whatever_comes_first()
    {
        var (kettle, cup) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await shop.DeliverAsync<OrderPlaced, CountOrders>(RecommendationsUnderTest.Placed(first, kettle, cup));
        Assert.Equal(0, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));

        await shop.DeliverAsync<OrderConfirmed, CountOrders>(RecommendationsUnderTest.Confirmed(first));
        await shop.DeliverAsync<OrderConfirmed, CountOrders>(RecommendationsUnderTest.Confirmed(second));
        await shop.DeliverAsync<OrderPlaced, CountOrders>(RecommendationsUnderTest.Placed(second, cup, kettle, kettle));

        Assert.Equal(2, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));
        Assert.Equal(2, await shop.MetAsync(Relation.BoughtTogether, cup, kettle));
        Assert.Equal((2, 0), await CountsOfAsync(kettle));
    }

    [Fact]
    public async Task A_cancellation_takes_back_what_the_order_gave()
    {
        var (kettle, cup, spoon) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await shop.BuyAsync(kettle, cup);
        var regretted = await shop.BuyAsync(kettle, cup, spoon);

        await shop.DeliverAsync<OrderCancelled, CountOrders>(RecommendationsUnderTest.Cancelled(regretted));
        await shop.DeliverAsync<OrderCancelled, CountOrders>(RecommendationsUnderTest.Cancelled(regretted));

        Assert.Equal(1, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));
        Assert.Equal(0, await shop.MetAsync(Relation.BoughtTogether, spoon, cup));
        Assert.Equal((1, 0), await CountsOfAsync(cup));
        Assert.Equal((0, 0), await CountsOfAsync(spoon));
    }

    [Fact]
    public async Task An_order_whose_cancellation_came_first_never_counts()
    {
        var (kettle, cup) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var order = Guid.CreateVersion7();

        await shop.DeliverAsync<OrderCancelled, CountOrders>(RecommendationsUnderTest.Cancelled(order));
        await shop.DeliverAsync<OrderConfirmed, CountOrders>(RecommendationsUnderTest.Confirmed(order));
        await shop.DeliverAsync<OrderPlaced, CountOrders>(RecommendationsUnderTest.Placed(order, kettle, cup));

        Assert.Equal(0, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));
    }

    [Fact]
    public async Task A_product_counts_once_in_a_visit_however_often_it_is_looked_at()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());
        var visit = await shop.LookAtAsync(kettle, cup, kettle);

        await shop.CountViewsAsync([new(visit, cup, new(2026, 11, 21)), new(visit, kettle, new(2026, 11, 21))]);

        Assert.Equal(1, await shop.MetAsync(Relation.ViewedTogether, kettle, cup));
        Assert.Equal((0, 1), await CountsOfAsync(kettle));
    }

    [Fact]
    public async Task A_tour_of_the_shop_counts_only_up_to_its_bound_and_unknown_products_not_at_all()
    {
        var products = new List<Guid>();
        for (var i = 0; i < 7; i++)
            products.Add(await shop.SellAsync());
        var unknown = Guid.CreateVersion7();

        var visit = await shop.LookAtAsync([unknown, .. products[..3]]);
        await shop.CountViewsAsync([.. products[3..].Select(product => new View(visit, product, new(2026, 11, 21)))]);

        Assert.Equal(1, await shop.MetAsync(Relation.ViewedTogether, products[0], products[4]));
        Assert.Equal(0, await shop.MetAsync(Relation.ViewedTogether, products[0], products[5]));
        Assert.Equal(0, await shop.MetAsync(Relation.ViewedTogether, products[0], unknown));
    }

    [Fact]
    public async Task Orders_and_visits_that_are_counted_at_the_same_time_all_count()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());

        await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            if (i % 2 == 0)
                await shop.BuyAsync(kettle, cup);
            else
                await shop.LookAtAsync(cup, kettle);
        }));

        Assert.Equal(12, await shop.MetAsync(Relation.BoughtTogether, kettle, cup));
        Assert.Equal(12, await shop.MetAsync(Relation.ViewedTogether, cup, kettle));
        Assert.Equal((12, 12), await CountsOfAsync(cup));
    }

    private Task<(int Orders, int Visits)> CountsOfAsync(Guid product) => shop.WithDbAsync(async db =>
    {
        var found = (await db.Products.FindAsync(product))!;
        return (found.Orders, found.Visits);
    });
}
