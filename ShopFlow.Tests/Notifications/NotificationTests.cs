using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Notifications.Writing;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class NotificationTests(PostgresServer postgres) : IAsyncLifetime
{
    private NotificationsUnderTest _service = null!;

    private string User => _service.UserId;

    public async ValueTask InitializeAsync() => _service = await NotificationsUnderTest.StartAsync(postgres);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_event_makes_one_notification_however_often_it_comes()
    {
        var orderId = Guid.NewGuid();
        var confirmed = new OrderConfirmed(orderId, User, null, 1050, "USD");

        await _service.DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(confirmed);
        await _service.DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(confirmed);

        var page = await PageAsync(User);
        Assert.Equal(1, page.GetProperty("total").GetInt32());
        var notification = Assert.Single(page.GetProperty("notifications").EnumerateArray());
        Assert.Equal("OrderConfirmed", notification.GetProperty("type").GetString());
        Assert.Equal(orderId, notification.GetProperty("orderId").GetGuid());
        Assert.Contains("10.50 USD", notification.GetProperty("body").GetString());
        Assert.Equal(1, await _service.ScalarAsync("select count(*) from deliveries"));
    }

    [Fact]
    public async Task Everybody_sees_their_own_newest_first_page_by_page()
    {
        await _service.DeliverAsync<UserRegistered, WelcomeUser>(new UserRegistered(Guid.Parse(User), "anna", "anna@example.com"));
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(Later(new OrderPlaced(Guid.NewGuid(), User, null, [], 100, "JPY")));
        await _service.DeliverAsync<OrderCancelled, NotifyOfCancelledOrder>(Later(new OrderCancelled(Guid.NewGuid(), User, null, "OutOfStock"), 2));

        var first = await PageAsync(User, "limit=2");
        var second = await PageAsync(User, $"limit=2&next={first.GetProperty("next").GetString()}");

        Assert.Equal(["OrderCancelled", "OrderPlaced"], Types(first));
        Assert.Equal(["Welcome"], Types(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(0, (await PageAsync(Guid.NewGuid().ToString())).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Every_event_finds_its_words()
    {
        var order = Guid.NewGuid();
        await _service.DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(new OrderPlaced(order, User, null, [], 100, "JPY"));
        await _service.DeliverAsync<OrderShipped, NotifyOfShippedOrder>(
            new OrderShipped(order, Guid.NewGuid(), User, null, "DHL", "0034", [new("MUG", 2), new("CAP", 1)]));
        await _service.DeliverAsync<OrderDelivered, NotifyOfDeliveredOrder>(new OrderDelivered(order, Guid.NewGuid(), User, null, IsComplete: false));
        await _service.DeliverAsync<OrderDelivered, NotifyOfDeliveredOrder>(new OrderDelivered(order, Guid.NewGuid(), User, null, IsComplete: true));
        await _service.DeliverAsync<OrderRefunded, NotifyOfRefundedOrder>(new OrderRefunded(order, Guid.NewGuid(), User, null, 990, "EUR"));
        await _service.DeliverAsync<StockLow, NotifyOfLowStock>(new StockLow("MUG-BLUE", 3, 5));

        var page = await PageAsync(User, isAdmin: true);
        var told = page.GetProperty("notifications").EnumerateArray().Reverse()
            .Select(n => $"{n.GetProperty("subject")}: {n.GetProperty("body")}").ToList();
        Assert.Equal(
            [
                "We have your order: Thank you. Your order of 100 JPY is being checked; we write again when it is confirmed.",
                "Your parcel is on its way: 3 of your items left with DHL, tracking number 0034.",
                "A parcel of your order has arrived: The rest is still to come.",
                "Your order has arrived: Everything you ordered has been delivered.",
                "Your money is on its way back: We refunded 9.90 EUR to the card you paid with.",
                "MUG-BLUE is running low: 3 can be bought; the threshold is 5.",
            ],
            told);
    }

    [Fact]
    public void No_template_is_without_words() =>
        Assert.All(Wording.Templates, template => Assert.NotEqual("", TestWords(template)));

    // Ids are in the order of time, to the millisecond.
    private static T Later<T>(T e, int seconds = 1)
        where T : IntegrationEvent
    {
        var at = DateTimeOffset.UtcNow.AddSeconds(seconds);
        return e with { Id = Guid.CreateVersion7(at), OccurredAt = at };
    }

    private static string TestWords(string template) => Wording.Of(
        template,
        ("username", "x"), ("minutes", "x"), ("total", "x"), ("amount", "x"), ("reason", "x"), ("pieces", "x"), ("carrier", "x"),
        ("trackingNumber", "x"), ("sku", "x"), ("available", "x"), ("threshold", "x"), ("message", "x")).Text;

    private static IEnumerable<string?> Types(JsonElement page) =>
        page.GetProperty("notifications").EnumerateArray().Select(notification => notification.GetProperty("type").GetString());

    private Task<JsonElement> PageAsync(string user, string query = "", bool isAdmin = false) =>
        _service.Client(user, isAdmin).GetFromJsonAsync<JsonElement>($"/notifications?{query}");
}
