using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Recommendations.Catalogue;

namespace ShopFlow.Tests.Recommendations;

public sealed class LearningTests(RecommendationsUnderTest shop) : IClassFixture<RecommendationsUnderTest>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_product_is_asked_about_by_one_replica_and_by_another_if_that_one_hangs()
    {
        var answer = new TaskCompletionSource();
        var asked = shop.Catalogue.Questions;
        await ChangeAsync();
        shop.Catalogue.Busy = answer.Task;
        var first = LearnAsync();
        await Eventually.TrueAsync(() => shop.Catalogue.Questions == asked + 1, s_limit, () => "the catalogue is not asked");

        Assert.Equal(0, await LearnAsync().WaitAsync(s_limit));
        Assert.Equal(asked + 1, shop.Catalogue.Questions);

        shop.Time.Advance(TimeSpan.FromMinutes(1));
        var second = LearnAsync();
        await Eventually.TrueAsync(() => shop.Catalogue.Questions == asked + 2, s_limit, () => "nobody takes it over");
        answer.SetResult();
        Assert.Equal((1, 1), (await first.WaitAsync(s_limit), await second.WaitAsync(s_limit)));
        Assert.Equal(0, await LearnAsync());
    }

    [Fact]
    public async Task What_could_not_be_learnt_is_asked_about_again_at_once()
    {
        await ChangeAsync();
        shop.Catalogue.IsDown = true;
        await Assert.ThrowsAnyAsync<Exception>(LearnAsync);

        shop.Catalogue.IsDown = false;
        Assert.Equal(1, await LearnAsync());
    }

    private Task ChangeAsync() => shop.DeliverAsync<ProductsChanged, NoteChangedProducts>(new ProductsChanged([Guid.CreateVersion7().ToString()], []));

    private async Task<int> LearnAsync()
    {
        await using var scope = shop.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LearnProducts>().RunAsync(TestContext.Current.CancellationToken);
    }
}
