using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Data;

internal sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options) : DbContext(options)
{
    public const string PlacedRequestsKey = "pk_placed_requests";

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();

    public DbSet<PlacedRequest> PlacedRequests => Set<PlacedRequest>();

    public DbSet<Shipment> Shipments => Set<Shipment>();

    public DbSet<Return> Returns => Set<Return>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<StoredRates> Rates => Set<StoredRates>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        OrderTables.Map(modelBuilder);
        FulfilmentTables.Map(modelBuilder);
    }
}
