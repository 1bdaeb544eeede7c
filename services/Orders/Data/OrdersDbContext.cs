using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Data;

internal sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options) : DbContext(options)
{
    public const string PlacedRequestsKey = "pk_placed_requests";

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();

    public DbSet<PlacedRequest> PlacedRequests => Set<PlacedRequest>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Order>(MapOrder);
        modelBuilder.Entity<OrderedItem>(MapItem);
        modelBuilder.Entity<StatusChange>(MapStatusChange);
        modelBuilder.Entity<PlacedRequest>(MapPlacedRequest);
    }

    private static void MapOrder(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders", table => table.HasCheckConstraint("ck_orders_total", "total >= 0"));
        order.HasKey(o => o.Id).HasName("pk_orders");
        order.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        order.Property(o => o.UserId).HasColumnName("user_id").HasMaxLength(64);
        order.Property(o => o.Email).HasColumnName("email").HasMaxLength(254);
        order.Property(o => o.PaymentMethod).HasColumnName("payment_method").HasMaxLength(64);
        order.Property(o => o.ShippingAddress).HasColumnName("shipping_address").HasColumnType("jsonb").HasConversion(
            address => JsonSerializer.Serialize(address, OrdersJsonContext.Default.ShippingAddress),
            json => JsonSerializer.Deserialize(json, OrdersJsonContext.Default.ShippingAddress));
        order.Property(o => o.Total).HasColumnName("total");
        order.Property(o => o.Currency).HasColumnName("currency").HasColumnType("char(3)");
        order.Property(o => o.CreatedAt).HasColumnName("created_at");
        order.Property(o => o.State).HasColumnName("state").HasConversion<string>().HasMaxLength(24);
        order.Property(o => o.Step).HasColumnName("step");
        order.Property(o => o.Reason).HasColumnName("reason").HasMaxLength(64);
        order.Property(o => o.Deadline).HasColumnName("deadline");
        order.Property(o => o.PaymentId).HasColumnName("payment_id");
        order.Property(o => o.RefundedAt).HasColumnName("refunded_at");

        order.HasIndex(o => new { o.UserId, o.Id }).HasDatabaseName("ix_orders_user_id_id");
        order.HasIndex(o => o.Deadline).HasDatabaseName("ix_orders_deadline").HasFilter("deadline is not null");
        order.HasMany(o => o.Lines).WithOne().HasForeignKey(line => line.OrderId).HasConstraintName("fk_order_lines_order");
        order.HasMany(o => o.History).WithOne().HasForeignKey(change => change.OrderId).HasConstraintName("fk_status_changes_order");
    }

    private static void MapItem(EntityTypeBuilder<OrderedItem> line)
    {
        line.ToTable("order_lines", table => table.HasCheckConstraint("ck_order_lines_quantity", "quantity > 0"));
        line.HasKey(l => new { l.OrderId, l.Position }).HasName("pk_order_lines");
        line.Property(l => l.OrderId).HasColumnName("order_id");
        line.Property(l => l.Position).HasColumnName("position").ValueGeneratedNever();
        line.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(64);
        line.Property(l => l.ProductId).HasColumnName("product_id").HasMaxLength(64);
        line.Property(l => l.Name).HasColumnName("name").HasMaxLength(300);
        line.Property(l => l.Quantity).HasColumnName("quantity");
        line.Property(l => l.UnitPrice).HasColumnName("unit_price");
    }

    private static void MapStatusChange(EntityTypeBuilder<StatusChange> change)
    {
        change.ToTable("status_changes");
        change.HasKey(c => new { c.OrderId, c.Step }).HasName("pk_status_changes");
        change.Property(c => c.OrderId).HasColumnName("order_id");
        change.Property(c => c.Step).HasColumnName("step").ValueGeneratedNever();
        change.Property(c => c.State).HasColumnName("state").HasConversion<string>().HasMaxLength(24);
        change.Property(c => c.Reason).HasColumnName("reason").HasMaxLength(64);
        change.Property(c => c.At).HasColumnName("at");
    }

    private static void MapPlacedRequest(EntityTypeBuilder<PlacedRequest> request)
    {
        request.ToTable("placed_requests");
        request.HasKey(r => new { r.UserId, r.Key }).HasName(PlacedRequestsKey);
        request.Property(r => r.UserId).HasColumnName("user_id").HasMaxLength(64);
        request.Property(r => r.Key).HasColumnName("key").HasMaxLength(200);
        request.Property(r => r.RequestHash).HasColumnName("request_hash");
        request.Property(r => r.OrderId).HasColumnName("order_id");
        request.Property(r => r.StatusCode).HasColumnName("status_code");
        request.Property(r => r.Answer).HasColumnName("answer").HasColumnType("text");
        request.Property(r => r.CreatedAt).HasColumnName("created_at");
        request.HasIndex(r => r.CreatedAt).HasMethod("brin").HasDatabaseName("ix_placed_requests_created_at");
    }
}
