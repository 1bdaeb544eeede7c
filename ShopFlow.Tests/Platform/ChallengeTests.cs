using System.Net;
using System.Net.Http.Json;

namespace ShopFlow.Tests.Platform;

/// <summary>A card whose bank wants to see the shopper, through the gateway and the page of the bank.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class ChallengeTests(RunningPlatform platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("approve", "Confirmed")]
    [InlineData("fail", "Cancelled")]
    public async Task The_order_waits_for_the_challenge_and_ends_as_it_does(string answer, string status)
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (id, url) = await shopper.PlaceChallengedOrderAsync(Cancelled);

        using var bank = new HttpClient();
        Assert.Contains("Is this payment yours?", await bank.GetStringAsync(url, Cancelled), StringComparison.Ordinal);
        using var answered = await bank.PostAsync(new Uri($"{url}/{answer}"), content: null, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);

        var order = await shopper.WaitForOrderAsync(id, Cancelled);
        Assert.Equal(status, order.GetProperty("status").GetString());
        Assert.False(order.TryGetProperty("paymentChallengeUrl", out _));
    }

    [Fact]
    public async Task Anybody_may_knock_at_the_webhooks_and_only_the_provider_is_heard()
    {
        using var forged = await platform.Gateway.PostAsJsonAsync("/payments/webhooks", new { id = Guid.NewGuid(), key = "k" }, Cancelled);

        Assert.Equal("invalid-signature", await forged.ProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Administrators_see_the_payments_that_wait_for_their_shopper()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (id, _) = await shopper.PlaceChallengedOrderAsync(Cancelled);

        var waiting = await (await platform.AdminAsync(Cancelled)).GetAsync("/admin/payments?state=Challenged", Cancelled);

        Assert.Contains(waiting.GetProperty("payments").EnumerateArray(), payment => payment.GetProperty("orderId").GetString() == id);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => shopper.GetAsync("/admin/payments", Cancelled));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
