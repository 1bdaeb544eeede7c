using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using ShopFlow.Auth;
using ShopFlow.Cart;
using ShopFlow.Catalog;
using ShopFlow.Inventory;
using ShopFlow.Messaging;
using ShopFlow.Notifications;
using ShopFlow.Orders;
using ShopFlow.Payments;
using ShopFlow.Recommendations;
using ShopFlow.Search;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Messaging;

public sealed class PlatformConsumersTests(PostgresServer postgres, RabbitMqServer broker)
{
    private static readonly Dictionary<string, Action<IHostApplicationBuilder>> Services = new()
    {
        ["auth"] = AuthService.AddAuth,
        ["catalog"] = CatalogService.AddCatalog,
        ["inventory"] = InventoryService.AddInventory,
        ["cart"] = CartService.AddCart,
        ["orders"] = OrdersService.AddOrders,
        ["payments"] = PaymentsService.AddPayments,
        ["notifications"] = NotificationsService.AddNotifications,
        ["recommendations"] = RecommendationsService.AddRecommendations,
        ["search"] = SearchService.AddSearch,
    };

    [Fact]
    public void The_table_says_what_the_services_consume()
    {
        var registered = Services.SelectMany(service => QueuesOf(service.Key, service.Value))
            .SelectMany(queue => queue.Subscriptions.Keys.Select(name => $"{queue.Name} <- {name}"));

        var table = PlatformConsumers.All.Queues.SelectMany(queue => queue.Select(name => $"{queue.Key} <- {name}"));

        Assert.Equal(registered.Order(), table.Order());
    }

    [Fact]
    public void Whoever_consumes_has_dead_letters_at_the_gateway_and_in_the_command_line()
    {
        var consumers = PlatformConsumers.All.EventsByService.Keys.Order();

        Assert.Equal(consumers, ShopFlow.Gateway.Routing.Services.All.Order());
        Assert.Equal(consumers, ShopFlow.Cli.DeadLetters.DeadLetterClient.Services.Order());
    }

    [Fact]
    public async Task An_event_published_before_a_consumers_first_start_is_handled_by_it()
    {
        var address = await broker.RunningAddressAsync();
        var names = new[] { $"early-{Guid.NewGuid():N}", $"late-{Guid.NewGuid():N}" };
        var platform = new PlatformConsumers(names.ToDictionary(name => name, _ => new[] { typeof(ThingHappened) }));
        var text = names[1];

        await using (var early = await MessagingService.StartAsync(await postgres.CreateDatabaseAsync(), address, names[0], platform: platform))
        {
            await early.HealthyAsync();
            await early.PublishAsync(text);
            await HandledOnceAsync(early, text);
            await Eventually.TrueAsync(async () => await early.OutboxAsync() == 0, TimeSpan.FromSeconds(20), () => "it is still in the outbox");
        }

        await using var late = await MessagingService.StartAsync(await postgres.CreateDatabaseAsync(), address, names[1], platform: platform);
        await HandledOnceAsync(late, text);
    }

    private static IReadOnlyList<ConsumedQueue> QueuesOf(string name, Action<IHostApplicationBuilder> add)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Messaging:ServiceName"] = name,
            ["ConnectionStrings:messaging"] = "amqp://guest:guest@127.0.0.1:1",
            ["ConnectionStrings:cache"] = "127.0.0.1:1",
            [$"ConnectionStrings:{name}db"] = "Host=127.0.0.1;Port=1;Database=none",
        });
        builder.AddServiceDefaults();
        add(builder);
        return (IReadOnlyList<ConsumedQueue>)builder.Services.Single(service => service.ServiceType == typeof(IReadOnlyList<ConsumedQueue>)).ImplementationInstance!;
    }

    private static Task HandledOnceAsync(MessagingService service, string text) => Eventually.TrueAsync(
        async () => await service.EffectsAsync(text) == 1, TimeSpan.FromSeconds(20), () => $"'{text}' was not handled once");
}
