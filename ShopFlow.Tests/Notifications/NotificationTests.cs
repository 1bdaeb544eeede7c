using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;
using ShopFlow.Notifications.Writing;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Notifications;

public sealed class NotificationTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TestTokens tokens = new();
    private readonly string userId = Guid.NewGuid().ToString();
    private WebApplicationFactory<NotificationsDbContext> service = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        service = new WebApplicationFactory<NotificationsDbContext>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:notificationsdb", database);
            host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
            host.ConfigureTestServices(services => services.AddSingleton<IJwksSource>(tokens));
        });
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task An_event_makes_one_notification_however_often_it_comes()
    {
        var orderId = Guid.NewGuid();
        var confirmed = new OrderConfirmed(orderId, userId, null, 1050, "USD") { OccurredAt = DateTimeOffset.UtcNow };

        await DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(confirmed);
        await DeliverAsync<OrderConfirmed, NotifyOfConfirmedOrder>(confirmed);

        var page = await PageAsync(userId);
        Assert.Equal(1, page.GetProperty("total").GetInt32());
        var notification = Assert.Single(page.GetProperty("notifications").EnumerateArray());
        Assert.Equal("OrderConfirmed", notification.GetProperty("type").GetString());
        Assert.Equal(orderId, notification.GetProperty("orderId").GetGuid());
        Assert.Contains("10.50 USD", notification.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Everybody_sees_their_own_newest_first_page_by_page()
    {
        await DeliverAsync<UserRegistered, WelcomeUser>(new(Guid.Parse(userId), "anna", "anna@example.com") { OccurredAt = DateTimeOffset.UtcNow });
        await DeliverAsync<OrderPlaced, NotifyOfPlacedOrder>(Later(new OrderPlaced(Guid.NewGuid(), userId, null, [], 100, "JPY")));
        await DeliverAsync<OrderCancelled, NotifyOfCancelledOrder>(Later(new OrderCancelled(Guid.NewGuid(), userId, null, "OutOfStock"), 2));

        var first = await PageAsync(userId, "limit=2");
        var second = await PageAsync(userId, $"limit=2&next={first.GetProperty("next").GetString()}");

        Assert.Equal(["OrderCancelled", "OrderPlaced"], Types(first));
        Assert.Equal(["Welcome"], Types(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal(0, (await PageAsync(Guid.NewGuid().ToString())).GetProperty("total").GetInt32());
    }

    // Ids are in the order of time, to the millisecond.
    private static T Later<T>(T e, int seconds = 1)
        where T : IntegrationEvent
    {
        var at = DateTimeOffset.UtcNow.AddSeconds(seconds);
        return e with { Id = Guid.CreateVersion7(at), OccurredAt = at };
    }

    private static IEnumerable<string?> Types(JsonElement page) =>
        page.GetProperty("notifications").EnumerateArray().Select(notification => notification.GetProperty("type").GetString());

    private Task<JsonElement> PageAsync(string user, string query = "")
    {
        var client = service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(userId: user));
        return client.GetFromJsonAsync<JsonElement>($"/notifications?{query}");
    }

    private Task DeliverAsync<TEvent, THandler>(TEvent e)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent>
        => service.Services.GetRequiredService<IEventDispatcher>().DeliverAsync<TEvent, THandler>(e);
}
