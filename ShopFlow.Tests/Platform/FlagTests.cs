using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Flags;

namespace ShopFlow.Tests.Platform;

/// <summary>Each failure for practice ends as it was designed to, and everything is well after it.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class FlagTests(RunningPlatform platform)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private static readonly object s_address = new { name = "Anna", line1 = "Street 1", city = "Berlin", postalCode = "10115", country = "DE" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_the_catalogue_known_pages_are_served_and_nobody_can_check_out()
    {
        var shopper = await platform.CustomerAsync(Cancelled);
        var sku = await platform.Gateway.AnySkuAsync(Cancelled);
        await using (await SetAsync(Flag.CatalogFailure, 100))
        {
            await UntilAsync(async () => await OrderAsync(shopper, sku) is HttpStatusCode.ServiceUnavailable, "orders should be refused");
            Assert.Equal(HttpStatusCode.OK, await GetAsync("/products?limit=1"));
        }

        await UntilAsync(async () => await OrderAsync(shopper, sku) is HttpStatusCode.Created, "orders should be taken again");
    }

    [Fact]
    public async Task Without_carts_orders_that_name_their_items_work()
    {
        var shopper = await platform.CustomerAsync(Cancelled);
        await using (await SetAsync(Flag.CartFailure, 100))
        {
            await UntilAsync(async () => await GetAsync("/cart") is HttpStatusCode.ServiceUnavailable, "the cart should be away");
            using var order = await shopper.PlaceOrderAsync(new { shippingAddress = s_address }, Guid.NewGuid().ToString(), Cancelled);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, order.StatusCode);
            Assert.Equal(HttpStatusCode.Created, await OrderAsync(shopper, await platform.Gateway.AnySkuAsync(Cancelled)));
        }

        await UntilAsync(async () => await GetAsync("/cart") is HttpStatusCode.OK, "the cart should be back");
    }

    [Theory]
    [InlineData(Flag.PaymentFailure)]
    [InlineData(Flag.PaymentSlow)]
    public async Task A_payment_that_fails_or_comes_late_is_unknown_until_the_card_network_answers(string flag)
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        string order;
        await using (await SetAsync(flag, 100))
        {
            await UntilAsync(CardNetworkIsAwayAsync, "the card network should be away");
            using var placed = await shopper.PlaceOrderAsync(
                new { items = new[] { new { sku = await platform.Gateway.AnySkuAsync(Cancelled), quantity = 1 } } }, Guid.NewGuid().ToString(), Cancelled);
            order = (await placed.JsonAsync()).GetProperty("id").GetString()!;
            await UntilAsync(
                async () => (await shopper.TryGetAsync($"/payments/{order}", Cancelled))?.GetProperty("status").GetString() == "Unknown", "the payment should hang");
            Assert.Equal("Pending", (await shopper.GetAsync($"/orders/{order}", Cancelled)).GetProperty("status").GetString());
        }

        await UntilAsync(
            async () => (await shopper.GetAsync($"/orders/{order}", Cancelled)).GetProperty("status").GetString() == "Confirmed", "the order should be confirmed");
    }

    // It answers strangers with 401, at once.
    private async Task<bool> CardNetworkIsAwayAsync()
    {
        using var network = platform.App.CreateHttpClient("payment-sandbox", "http");
        var clock = Stopwatch.StartNew();
        using var answer = await network.GetAsync("/v1/payments", Cancelled);
        return answer.StatusCode is not HttpStatusCode.Unauthorized || clock.Elapsed > TimeSpan.FromSeconds(5);
    }

    [Fact]
    public async Task Without_notifications_orders_go_on_and_what_was_to_be_told_is_told_later()
    {
        var shopper = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        await using (await SetAsync(Flag.NotificationsDown, 100))
        {
            await UntilAsync(async () => await StatusAsync(shopper, "/notifications") is HttpStatusCode.ServiceUnavailable, "notifications should be down");
            using var placed = await shopper.PlaceOrderAsync(
                new { items = new[] { new { sku = await platform.Gateway.AnySkuAsync(Cancelled), quantity = 1 } } }, Guid.NewGuid().ToString(), Cancelled);
            var order = await shopper.WaitForOrderAsync((await placed.JsonAsync()).GetProperty("id").GetString()!, Cancelled);
            Assert.Equal("Confirmed", order.GetProperty("status").GetString());
        }

        await UntilAsync(
            async () => (await shopper.TryGetAsync("/notifications", Cancelled))?.GetProperty("notifications").EnumerateArray()
                .Any(one => one.GetProperty("type").GetString() == "OrderConfirmed") is true,
            "the confirmation should be told");
    }

    [Fact]
    public async Task Nothing_is_recommended_while_that_is_off()
    {
        var product = (await platform.Gateway.AnyProductAsync(Cancelled)).GetProperty("id").GetString();
        var path = $"/recommendations?productId={product}";
        await UntilAsync(async () => await ShownAsync() > 0, "something should be recommended");
        await using (await SetAsync(Flag.RecommendationsOff, 100))
            await UntilAsync(async () => await ShownAsync() == 0, "nothing should be recommended");

        async Task<int> ShownAsync() => (await platform.Gateway.GetFromJsonAsync<JsonElement>(path, Cancelled)).EnumerateObject()
            .Where(list => list.Value.ValueKind is JsonValueKind.Array).Sum(list => list.Value.GetArrayLength());
    }

    [Fact]
    public async Task No_coupon_counts_while_promotions_are_off()
    {
        var shopper = await platform.CustomerAsync(Cancelled);
        var code = $"FLAG-{Guid.NewGuid():N}"[..16];
        var promotion = new { name = "Ten off", code, terms = new { kind = "Percentage", percent = 10 } };
        using var created = await (await platform.AdminAsync(Cancelled)).PostAsync("/admin/promotions", promotion, Cancelled);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var cart = new { items = new[] { new { sku = await platform.Gateway.AnySkuAsync(Cancelled), quantity = 1 } }, shippingAddress = s_address, promotionCode = code };

        await UntilAsync(async () => await DiscountAsync() > 0, "the coupon should count");
        await using (await SetAsync(Flag.Promotions, 0))
            await UntilAsync(async () => await DiscountAsync() is null, "the coupon should be refused");

        async Task<decimal?> DiscountAsync()
        {
            using var quote = await shopper.PostAsync("/checkout/quote", cart, Cancelled);
            return quote.IsSuccessStatusCode ? (await quote.JsonAsync()).GetProperty("discount").GetDecimal() : null;
        }
    }

    [Fact]
    public async Task Guests_have_to_sign_in_while_the_business_says_so()
    {
        var order = new { email = "guest@example.com", items = new[] { new { sku = await platform.Gateway.AnySkuAsync(Cancelled), quantity = 1 } } };
        await using (await SetAsync(Flag.GuestCheckout, 0))
        {
            await UntilAsync(async () => await GuestAsync() is HttpStatusCode.Unauthorized, "guests should be refused");
            Assert.Equal(HttpStatusCode.Created, await OrderAsync(await platform.CustomerAsync(Cancelled), order.items[0].sku));
        }

        await UntilAsync(async () => await GuestAsync() is HttpStatusCode.Created, "guests should be let in again");

        async Task<HttpStatusCode> GuestAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(order), Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } } };
            using var answer = await platform.Gateway.SendAsync(request, Cancelled);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_command_of_the_dashboard_turns_a_flag_on_and_off()
    {
        var commands = platform.App.Services.GetRequiredService<ResourceCommandService>();

        Assert.True((await commands.ExecuteCommandAsync("search", $"flag-{Flag.SearchSlow}", Cancelled)).Success);
        Assert.Equal(100, await PercentAsync(Flag.SearchSlow));
        Assert.True((await commands.ExecuteCommandAsync("search", $"flag-{Flag.SearchSlow}", Cancelled)).Success);
        Assert.Equal(0, await PercentAsync(Flag.SearchSlow));
    }

    [Theory]
    [InlineData("noSuchFlag", 100, HttpStatusCode.NotFound)]
    [InlineData(Flag.PaymentSlow, 101, HttpStatusCode.BadRequest)]
    [InlineData(Flag.PaymentSlow, -1, HttpStatusCode.BadRequest)]
    [InlineData(Flag.PaymentSlow, null, HttpStatusCode.BadRequest)]
    public async Task A_wrong_change_is_refused(string flag, int? percent, HttpStatusCode status)
    {
        using var answer = await (await platform.AdminAsync(Cancelled)).PutAsync($"/admin/flags/{flag}", new { percent }, Cancelled);

        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<Reset> SetAsync(string flag, int percent)
    {
        var admin = await platform.AdminAsync(Cancelled);
        var before = await PercentAsync(flag);
        using var answer = await admin.PutAsync($"/admin/flags/{flag}", new { percent }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new(admin, flag, before);
    }

    private async Task<int> PercentAsync(string flag) => (await (await platform.AdminAsync(Cancelled)).GetAsync("/admin/flags", Cancelled))
        .GetProperty("flags").EnumerateArray().Single(one => one.GetProperty("name").GetString() == flag).GetProperty("percent").GetInt32();

    private static async Task<HttpStatusCode> OrderAsync(Shopper shopper, string sku)
    {
        using var answer = await shopper.PlaceOrderAsync(new { items = new[] { new { sku, quantity = 1 } } }, Guid.NewGuid().ToString(), Cancelled);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> GetAsync(string path)
    {
        using var answer = await platform.Gateway.GetAsync(path, Cancelled);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(Shopper shopper, string path)
    {
        try
        {
            await shopper.GetAsync(path, Cancelled);
            return HttpStatusCode.OK;
        }
        catch (HttpRequestException failure)
        {
            return failure.StatusCode!.Value;
        }
    }

    private static Task UntilAsync(Func<Task<bool>> condition, string otherwise) => Eventually.TrueAsync(condition, s_limit, () => otherwise);

    private sealed class Reset(Shopper admin, string flag, int before) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var answer = await admin.PutAsync($"/admin/flags/{flag}", new { percent = before }, default);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
