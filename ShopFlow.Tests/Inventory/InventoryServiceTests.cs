using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;
using ShopFlow.Tests.ServiceDefaults;

namespace ShopFlow.Tests.Inventory;

/// <summary>The service as it runs: HTTP, tokens, broker, background work.</summary>
public sealed class InventoryServiceTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private const string Kettle = "KTL-GN-BLK";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TestTokens _tokens = new();
    private WebApplicationFactory<InventoryDbContext> _service = null!;
    private HttpClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        var messaging = await broker.RunningAddressAsync();
        _service = new WebApplicationFactory<InventoryDbContext>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:inventorydb", database);
            host.UseSetting("ConnectionStrings:messaging", messaging);
            host.UseSetting("Messaging:ServiceName", $"inventory-{Guid.NewGuid():N}");
            host.UseSetting("Inventory:ReservationTime", "00:00:03");
            host.UseSetting("Inventory:SweepInterval", "00:00:00.2");
            host.ConfigureTestServices(services => services.AddSingleton<IJwksSource>(_tokens));
        });
        _admin = Client("admin");
        await Eventually.TrueAsync(
            async () => (await GetAsync(_admin, "/health/ready")).IsSuccessStatusCode, Limit, () => "the service should be ready");
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task An_order_over_the_broker_is_reserved_and_expires_when_nobody_confirms_it()
    {
        var before = await LevelsAsync();

        await PublishAsync(InventoryUnderTest.Placed(Guid.CreateVersion7(), (Kettle, 2)));

        await BecomesAsync(before with { Available = before.Available - 2, Reserved = 2 });
        await BecomesAsync(before);
    }

    [Fact]
    public async Task A_confirmed_order_over_the_broker_is_sold()
    {
        var before = await LevelsAsync();
        var order = Guid.CreateVersion7();

        await PublishAsync(InventoryUnderTest.Placed(order, (Kettle, 2)));
        await BecomesAsync(before with { Available = before.Available - 2, Reserved = 2 });
        await PublishAsync(new OrderConfirmed(order, "user", null, 100, "EUR"));

        await BecomesAsync(before with { Available = before.Available - 2, Sold = 2 });
    }

    [Fact]
    public async Task An_administrator_sets_stock_and_reads_its_history()
    {
        var put = await _admin.PutAsJsonAsync($"/admin/stock/{Kettle}", new { available = 7, reason = "count" }, Cancellation);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(new Levels(Kettle, 7, 0, 0), await LevelsAsync());
        var history = await (await GetAsync(_admin, $"/admin/stock/{Kettle}/adjustments")).JsonAsync();
        Assert.Equal(TestTokens.UserId, history.GetProperty("adjustments")[0].GetProperty("actor").GetString());
        var list = await (await GetAsync(_admin, "/admin/stock?limit=3")).JsonAsync();
        Assert.Equal(3, list.GetProperty("stock").GetArrayLength());
    }

    [Fact]
    public async Task Only_administrators_see_stock()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(_service.CreateClient(), $"/admin/stock/{Kettle}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync(Client("customer"), $"/admin/stock/{Kettle}")).StatusCode);
    }

    [Theory]
    [InlineData("""{"available":-1,"reason":""}""", "available", "reason")]
    [InlineData("""{"available":99999999999,"reason":"x"}""", "available")]
    [InlineData("""{"available":"many","reason":"x"}""", "available")]
    [InlineData("""{"reason":"x"}""", "available")]
    public async Task What_is_wrong_with_an_adjustment_is_named(string body, params string[] fields)
    {
        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));

        var response = await _admin.PutAsync(new Uri($"/admin/stock/{Kettle}", UriKind.Relative), content, Cancellation);

        Assert.Equal(fields, await response.WrongFieldsAsync());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private sealed record Levels(string Sku, int Available, int Reserved, long Sold);

    private HttpClient Client(string role)
    {
        var client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _tokens.Issue(roles: [role]));
        return client;
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) =>
        client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    private async Task<Levels> LevelsAsync() =>
        (await _admin.GetFromJsonAsync<Levels>($"/admin/stock/{Kettle}", Cancellation))!;

    private async Task BecomesAsync(Levels expected)
    {
        Levels? levels = null;
        await Eventually.TrueAsync(
            async () => (levels = await LevelsAsync()) == expected, Limit, () => $"{levels} should become {expected}");
    }

    // Through the service's own outbox: it is the nearest one.
    private async Task PublishAsync(IntegrationEvent e)
    {
        await using var scope = _service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InventoryDbContext>();
        db.Publish(e);
        await db.SaveChangesAsync(Cancellation);
    }
}
