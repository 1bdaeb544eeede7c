using ShopFlow.Gateway.RateLimiting;

namespace ShopFlow.Tests.Gateway.RateLimiting;

public sealed class SlidingCountTests
{
    private const int Limit = 10;

    // The beginning of a minute.
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly SlidingCount _count = new(new(RateLimit.Write, "somebody"));

    [Fact]
    public void What_is_left_is_told_until_nothing_is()
    {
        for (var left = Limit - 1; left >= 0; left--)
            Assert.Equal(left, Try(0).Remaining);

        Assert.False(Try(0).IsAllowed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(59)]
    public void Whoever_waits_as_long_as_told_gets_one_more_and_not_before(double second)
    {
        Exhaust(second);
        var refused = Try(second);
        Assert.False(refused.IsAllowed);

        var free = second + refused.Wait.TotalSeconds;
        Assert.False(Try(free - 0.1).IsAllowed);
        Assert.True(Try(free + 0.1).IsAllowed);
    }

    [Fact]
    public void A_minute_fades_as_the_next_one_passes()
    {
        Exhaust(30);

        // At half of the next minute half of those still count.
        Assert.Equal((Limit / 2) - 1, Try(90).Remaining);
        Assert.Equal(Limit - 1, Try(240).Remaining);
    }

    [Fact]
    public void What_is_refused_does_not_count()
    {
        Exhaust(0);
        for (var i = 0; i < 100; i++)
            Try(1);

        Assert.Equal((Limit / 2) - 1, Try(90).Remaining);
    }

    [Fact]
    public void What_other_replicas_counted_counts_here()
    {
        Try(0);
        var news = _count.Take();
        Try(1);

        _count.Share(news, all: 7, before: 0);

        // Seven of all, one of them from here, and one that was not told yet.
        Assert.Equal(Limit - 7 - 1 - 1, Try(2).Remaining);
    }

    [Fact]
    public void News_of_a_minute_that_has_passed_come_too_late()
    {
        Try(59);
        var news = _count.Take();
        Try(120);

        _count.Share(news, all: 100, before: 100);

        Assert.Equal(Limit - 2, Try(120).Remaining);
    }

    [Fact]
    public void It_is_news_once_until_it_is_taken()
    {
        Assert.True(IsNews());
        Assert.False(IsNews());
        _count.Take();
        Assert.True(IsNews());

        bool IsNews()
        {
            _count.TryCount(Limit, s_start, out var isNews);
            return isNews;
        }
    }

    private RateLimitDecision Try(double seconds) => _count.TryCount(Limit, s_start.AddSeconds(seconds), out _);

    private void Exhaust(double seconds)
    {
        for (var i = 0; i < Limit; i++)
            Assert.True(Try(seconds).IsAllowed);
    }
}
