using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Inventory.Reservations;
using ShopFlow.Inventory.Returns;
using ShopFlow.Inventory.Stock;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Inventory;

internal static class InventoryService
{
    public static void AddInventory(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<InventoryDbContext>("inventorydb");
        builder.AddMessaging<InventoryDbContext>("messaging", messaging => messaging
            .Consume<OrderPlaced, ReserveStock>()
            .Consume<OrderConfirmed, ConfirmReservation>()
            .Consume<OrderCancelled, ReleaseReservation>()
            .Consume<ItemsReturned, TakeBack>()
            .Consume<ProductsChanged, ListNewSkus>());

        builder.AddSettings<InventoryOptions>("Inventory");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, StockJsonContext.Default));

        builder.AddReservations();
        builder.AddStock();
    }

    public static void MapInventory(this WebApplication app) => app.MapStock();

    private static void AddReservations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<ConfirmReservation>();
        builder.Services.AddScoped<ExpireReservations>();
        builder.Services.AddHostedService<ReservationSweeper>();
    }

    private static void AddStock(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StockChanges>();
        builder.Services.AddHostedService<StockAnnouncer>();
    }
}
