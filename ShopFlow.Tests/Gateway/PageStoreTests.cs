using Microsoft.Extensions.Options;
using ShopFlow.Gateway.Caching;

namespace ShopFlow.Tests.Gateway;

public sealed class PageStoreTests
{
    private const int PageBytes = 7 * 1024;
    private const int Fitting = 8 * 1024 / 15;

    private readonly PageStore _store = new(Options.Create(new CacheOptions { MaximumBytes = 8 * 1024 * 1024 }));

    [Fact]
    public void The_memory_is_bounded()
    {
        for (var i = 0; i < 5 * Fitting; i++)
            _store.Set(Page($"/products?next={i}"));

        Assert.InRange(_store.Bytes, 7 * 1024 * 1024, 8 * 1024 * 1024);
        Assert.Equal(_store.Count * Page("").Size, _store.Bytes);
    }

    [Fact]
    public void Pages_in_use_survive_a_flood_of_others()
    {
        var popular = Enumerable.Range(0, 50).Select(i => Page($"/popular/{i}")).ToList();
        popular.ForEach(_store.Set);

        for (var i = 0; i < 20 * Fitting; i++)
        {
            _store.Set(Page($"/products?next={i}"));
            if (i % 100 == 0)
                Assert.All(popular, page => Assert.Same(page, _store.Find(page.Target)));
        }
    }

    [Fact]
    public void A_page_takes_the_place_of_the_one_before()
    {
        _store.Set(Page("/products"));
        var second = Page("/products");
        _store.Set(second);
        _store.Set(second);

        Assert.Same(second, _store.Find("/products"));
        Assert.Equal((1, second.Size), (_store.Count, _store.Bytes));
    }

    [Fact]
    public void What_is_removed_is_gone()
    {
        _store.Set(Page("/products"));
        _store.Set(Page("/categories"));
        _store.Remove("/products");
        Assert.Null(_store.Find("/products"));

        _store.Clear();
        Assert.Null(_store.Find("/categories"));
        Assert.Equal((0, 0), (_store.Count, _store.Bytes));
    }

    private static Page Page(string target) => new(target, 200, new byte[PageBytes], "application/json", "\"a\"", "public", 1, 0);
}
