using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Orders;

/// <summary>
/// The orders service on a database of its own, with a catalog that answers from memory and no broker: events are handed to the
/// handlers as the consumer does it, and what the service publishes stays in its outbox.
/// </summary>
public sealed class OrdersUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    private readonly TestTokens tokens = new();
    private string database = null!;

    internal SettableTime Time { get; } = new();

    internal FakeCatalog Catalog { get; } = new();

    internal FakeCarts Carts { get; } = new();

    internal WebApplicationFactory<OrdersDbContext> Factory { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        Factory = StartReplica();
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();

    internal WebApplicationFactory<OrdersDbContext> StartReplica() => new WebApplicationFactory<OrdersDbContext>().WithWebHostBuilder(host =>
    {
        host.UseSetting("ConnectionStrings:ordersdb", database);
        host.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        host.UseSetting("services:catalog:http:0", "http://127.0.0.1:1");
        host.UseSetting("services:cart:http:0", "http://127.0.0.1:1");
        host.UseSetting("Orders:SweepInterval", "00:00:00.2");
        host.UseSetting("Orders:FollowInterval", "00:00:00.1");
        host.ConfigureTestServices(services =>
        {
            services.AddSingleton<IJwksSource>(tokens);
            services.AddSingleton<TimeProvider>(Time);
            services.AddHttpClient<CatalogPrices>().ConfigurePrimaryHttpMessageHandler(() => Catalog);
            services.AddHttpClient<Carts>().ConfigurePrimaryHttpMessageHandler(() => Carts);
        });
    });

    /// <summary>A client of somebody's: of a new shopper unless told otherwise.</summary>
    internal HttpClient ClientOf(string? userId = null, string role = "customer", WebApplicationFactory<OrdersDbContext>? replica = null)
    {
        var client = (replica ?? Factory).CreateClient();
        var token = tokens.Issue(roles: [role], userId: userId ?? Guid.NewGuid().ToString());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A client of a guest's, with a cart and an order's key if they have them.</summary>
    internal HttpClient Guest(string? cartId = null, string? orderKey = null)
    {
        var client = Factory.CreateClient();
        if (cartId is not null)
            client.DefaultRequestHeaders.Add("Cart-Id", cartId);
        if (orderKey is not null)
            client.DefaultRequestHeaders.Add("Order-Key", orderKey);
        return client;
    }

    internal static async Task<HttpResponseMessage> PlaceAsync(HttpClient client, object order, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(order) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await client.SendAsync(request);
    }

    internal static async Task<Guid> PlacedAsync(HttpClient client)
    {
        using var placed = await PlaceAsync(client, new { items = new[] { new { sku = "MUG", quantity = 2 } }, email = "anna@example.com" });
        Assert.Equal(System.Net.HttpStatusCode.Created, placed.StatusCode);
        return (await placed.JsonAsync()).GetProperty("id").GetGuid();
    }

    internal static Task<JsonElement> OrderAsync(HttpClient client, Guid id) => client.GetFromJsonAsync<JsonElement>($"/orders/{id}");

    /// <summary>As the consumer does it.</summary>
    internal Task<bool> DeliverAsync<TEvent, THandler>(TEvent e)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent>
        => Factory.Services.GetRequiredService<IEventDispatcher>().DeliverAsync<TEvent, THandler>(e);

    /// <summary>The events of a kind that wait in the outbox, for one order.</summary>
    internal async Task<List<TEvent>> PublishedAsync<TEvent>(Guid orderId)
        where TEvent : IntegrationEvent
    {
        var name = EventNameAttribute.Of(typeof(TEvent));
        var payloads = await WithDbAsync(db => db.Set<OutboxMessage>().Where(message => message.Name == name).OrderBy(message => message.Position).Select(message => message.Payload).ToListAsync());
        return [.. payloads
            .Where(payload => payload.Contains(orderId.ToString()))
            .Select(payload => (TEvent)EventJson.Deserialize(System.Text.Encoding.UTF8.GetBytes(payload), typeof(TEvent)))];
    }

    internal async Task<T> WithDbAsync<T>(Func<OrdersDbContext, Task<T>> use)
    {
        await using var scope = Factory.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<OrdersDbContext>());
    }
}
