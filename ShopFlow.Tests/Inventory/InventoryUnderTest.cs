using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Inventory;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Reservations;
using ShopFlow.Inventory.Returns;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Inventory;

/// <summary>The inventory's handlers on a database of their own. Events are handed to them as the consumer would; what they publish stays in the outbox.</summary>
public sealed class InventoryUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    internal SettableTime Time { get; } = new();

    internal InventoryOptions Options { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        _services = new ServiceCollection()
            .AddLogging()
            .AddDbContext<InventoryDbContext>(options => options.UseNpgsql(connectionString))
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Options)
            .AddSingleton<EventDispatcher<InventoryDbContext>>()
            .AddSingleton<StockChanges>()
            .AddSingleton<StockAnnouncer>()
            .AddScoped<ReserveStock>()
            .AddScoped<ConfirmReservation>()
            .AddScoped<ReleaseReservation>()
            .AddScoped<ExpireReservations>()
            .AddScoped<ListNewSkus>()
            .AddScoped<TakeBack>()
            .BuildServiceProvider();

        await WithDbAsync(db => db.Database.MigrateAsync());
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    internal async Task WithDbAsync(Func<InventoryDbContext, Task> use) =>
        await WithDbAsync(async db =>
        {
            await use(db);
            return true;
        });

    internal async Task<T> WithDbAsync<T>(Func<InventoryDbContext, Task<T>> use)
    {
        await using var scope = _services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<InventoryDbContext>());
    }

    /// <summary>A SKU that no other test knows, with this many units.</summary>
    internal async Task<string> StockAsync(int units, string? name = null)
    {
        var sku = $"{name ?? "SKU"}-{Guid.NewGuid():N}";
        await WithDbAsync(db => db.Database.ExecuteSqlAsync(
            $"insert into stock (sku, initial, available, updated_at) values ({sku}, {units}, {units}, now())"));
        return sku;
    }

    internal Task PlaceAsync(Guid orderId, params (string Sku, int Quantity)[] lines) =>
        DeliverAsync<OrderPlaced, ReserveStock>(Placed(orderId, lines));

    internal static OrderPlaced Placed(Guid orderId, params (string Sku, int Quantity)[] lines) =>
        new(orderId, "user", null, [.. lines.Select(line => new OrderLine(line.Sku, "product", "Kettle", line.Quantity, 100))], 100, "EUR");

    internal Task ConfirmAsync(Guid orderId) =>
        DeliverAsync<OrderConfirmed, ConfirmReservation>(new(orderId, "user", null, 100, "EUR"));

    internal Task CancelAsync(Guid orderId) =>
        DeliverAsync<OrderCancelled, ReleaseReservation>(new(orderId, "user", null, "PaymentDeclined"));

    internal Task ReturnAsync(Guid orderId, Guid returnId, params (string Sku, int Quantity)[] lines) =>
        DeliverAsync<ItemsReturned, TakeBack>(new(orderId, returnId, [.. lines.Select(line => new SkuQuantity(line.Sku, line.Quantity))]));

    internal async Task<StockLevels> AdjustAsync(string sku, int available, string reason = "count") =>
        Assert.IsType<StockLevels>(Assert.IsAssignableFrom<IValueHttpResult>(await PutAsync(sku, available, reason)).Value);

    internal async Task<IResult> PutAsync(string sku, int? available, string? reason)
    {
        var admin = new CurrentUser(new ClaimsPrincipal(new ClaimsIdentity([new(TokenClaims.Subject, "admin-id")])));
        var result = await WithDbAsync(db => AdjustStock.HandleAsync(
            sku, new(available, reason), new DefaultHttpContext(), db, Get<StockChanges>(), admin, Time, TestContext.Current.CancellationToken));
        return result.Result;
    }

    internal async Task<int> ExpireAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ExpireReservations>().RunAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<bool> FillAsync(Guid orderId)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ConfirmReservation>().FillAsync(orderId, TestContext.Current.CancellationToken);
    }

    /// <summary>As the consumer does it: inbox, handler and outbox in one transaction.</summary>
    internal Task DeliverAsync<TEvent, THandler>(TEvent e)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent> =>
        Get<EventDispatcher<InventoryDbContext>>().DeliverAsync<TEvent, THandler>(e);

    internal Task<StockItem> LevelsAsync(string sku) => WithDbAsync(db => db.Stock.AsNoTracking().SingleAsync(s => s.Sku == sku));

    internal Task<Reservation?> ReservationAsync(Guid orderId) =>
        WithDbAsync(db => db.Reservations.AsNoTracking().Include(r => r.Lines).SingleOrDefaultAsync(r => r.OrderId == orderId));

    internal async Task<ReservationState?> StateAsync(Guid orderId) => (await ReservationAsync(orderId))?.State;

    /// <summary>Names of the events about an order, in the order of their publishing.</summary>
    internal Task<List<string>> PublishedAsync(Guid orderId)
    {
        var id = $"%{orderId}%";
        return WithDbAsync(db => db.Database
            .SqlQuery<string>($"select name as \"Value\" from outbox_messages where payload::text like {id} order by position")
            .ToListAsync());
    }

    /// <summary>The breaches that the audit finds, one a line.</summary>
    internal async Task<string> AuditAsync()
    {
        var audit = await File.ReadAllTextAsync(RepositoryFiles.Path("services/Inventory/Data/Audit.sql"));
        var breaches = await WithDbAsync(db => db.QueryAsync(
            audit, [], row => $"{row.GetString(0)} {row.GetString(1)}: {row.GetString(2)}", CancellationToken.None));
        return string.Join('\n', breaches);
    }
}
