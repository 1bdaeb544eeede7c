using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Data;

internal sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options) : DbContext(options)
{
    public const string PlacedRequestsKey = "pk_placed_requests";

    private Guid? locking;

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();

    public DbSet<PlacedRequest> PlacedRequests => Set<PlacedRequest>();

    public DbSet<Shipment> Shipments => Set<Shipment>();

    public DbSet<Return> Returns => Set<Return>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<Promotion> Promotions => Set<Promotion>();

    public DbSet<CouponRedemption> CouponRedemptions => Set<CouponRedemption>();

    public DbSet<CouponCustomer> CouponCustomers => Set<CouponCustomer>();

    public DbSet<StoredRates> Rates => Set<StoredRates>();

    /// <summary>
    /// Called before orders are locked. A transaction that has locked some already doesn't wait for others, or two of them could
    /// wait for each other: it fails at once (55P03), and the messages of a batch are then handled one by one.
    /// </summary>
    public bool MayWaitForLock()
    {
        var transaction = Database.CurrentTransaction?.TransactionId ?? throw new InvalidOperationException("A lock needs a transaction.");
        var isFirst = locking != transaction;
        locking = transaction;
        return isFirst;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        OrderTables.Map(modelBuilder);
        FulfilmentTables.Map(modelBuilder);
        PromotionTables.Map(modelBuilder);
    }
}
