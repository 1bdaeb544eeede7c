using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Recommendations;
using ShopFlow.Recommendations.Data;
using ShopFlow.Recommendations.Views;

namespace ShopFlow.Tests.Recommendations;

public sealed class ViewTests(RecommendationsUnderTest shop) : IClassFixture<RecommendationsUnderTest>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(null)]
    [InlineData("customer")]
    public async Task Products_that_a_shopper_looks_at_belong_to_one_visit(string? role)
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());
        var shopper = shop.Client(role);

        Assert.Equal(HttpStatusCode.Accepted, (await LookAsync(shopper, $"{kettle}")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await LookAsync(shopper, $"{cup}")).StatusCode);

        await Eventually.TrueAsync(
            async () => await shop.MetAsync(Relation.ViewedTogether, kettle, cup) == 1, Limit, () => "the two should have met");
    }

    [Fact]
    public async Task Views_of_strangers_are_visits_of_their_own()
    {
        var (kettle, cup) = (await shop.SellAsync(), await shop.SellAsync());

        await LookAsync(shop.Client(keepsCookies: false), $"{kettle}");
        await LookAsync(shop.Client(keepsCookies: false), $"{cup}");

        await Eventually.TrueAsync(
            () => shop.WithDbAsync(db => db.Products.AllAsync(product => (product.Id != kettle && product.Id != cup) || product.Visits == 1)),
            Limit,
            () => "both should have been looked at");
        Assert.Equal(0, await shop.MetAsync(Relation.ViewedTogether, kettle, cup));
    }

    [Fact]
    public async Task A_browser_is_given_a_cookie_once_that_no_script_can_read()
    {
        var browser = shop.Client();

        var cookie = Assert.Single((await LookAsync(browser, $"{Guid.NewGuid()}")).Headers.GetValues("Set-Cookie"));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.False((await LookAsync(browser, $"{Guid.NewGuid()}")).Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_view_of_something_that_is_no_product_is_a_404() =>
        Assert.Equal("not-found", await (await LookAsync(shop.Guest, "kettle")).ProblemAsync(HttpStatusCode.NotFound));

    [Fact]
    public async Task All_that_wait_are_counted_at_once_however_many()
    {
        var (kettle, views) = (await shop.SellAsync(), Buffer(most: 3000));
        for (var i = 0; i < 2500; i++)
            views.Add(new(Guid.NewGuid(), kettle, default));

        await Counter(views).CountAsync(CancellationToken.None);

        Assert.Equal(2500, await shop.WithDbAsync(db => db.Products.Where(product => product.Id == kettle).Select(product => product.Visits).SingleAsync()));
    }

    [Fact]
    public void A_flood_of_views_is_bounded_and_a_visit_that_repeats_itself_is_none()
    {
        var dropped = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, metrics) =>
        {
            if (instrument.Meter.Scope == Meters && instrument.Name == "shopflow.recommendations.views.dropped")
                metrics.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, views, _, _) => dropped += views);
        listener.Start();
        var (views, visit, kettle) = (Buffer(most: 3), Guid.NewGuid(), Guid.NewGuid());

        for (var i = 0; i < 10; i++)
            views.Add(new(visit, kettle, default));
        Assert.Equal(0, dropped);

        for (var i = 0; i < 10; i++)
            views.Add(new(Guid.NewGuid(), kettle, default));
        views.Add(new(visit, kettle, default));

        Assert.Equal(8, dropped);
        Assert.Equal(3, views.Take().Count);
        Assert.Empty(views.Take());
    }

    private IMeterFactory Meters => shop.Services.GetRequiredService<IMeterFactory>();

    private ViewBuffer Buffer(int most) => new(new RecommendationsOptions { MostViewsWaiting = most }, Meters);

    private ViewCounter Counter(ViewBuffer views) => ActivatorUtilities.CreateInstance<ViewCounter>(shop.Services, views);

    private static Task<HttpResponseMessage> LookAsync(HttpClient client, string product) =>
        client.PostAsync(new Uri($"/products/{product}/views", UriKind.Relative), null);
}
