using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShopFlow.Messaging;

namespace ShopFlow.Inventory.Data;

internal sealed class InventoryDbContext(DbContextOptions<InventoryDbContext> options) : DbContext(options)
{
    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<StockAdjustment> Adjustments => Set<StockAdjustment>();

    public DbSet<StockReturn> Returns => Set<StockReturn>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<StockItem>(MapStockItem);
        modelBuilder.Entity<StockAdjustment>(MapStockAdjustment);
        modelBuilder.Entity<StockAnnouncement>(MapStockAnnouncement);
        modelBuilder.Entity<StockReturn>(MapStockReturn);
        modelBuilder.Entity<Reservation>(MapReservation);
        modelBuilder.Entity<ReservationLine>(MapReservationLine);
    }

    private static void MapStockItem(EntityTypeBuilder<StockItem> stock)
    {
        stock.ToTable("stock", table =>
        {
            table.HasCheckConstraint("ck_stock_available", "available >= 0");
            table.HasCheckConstraint("ck_stock_reserved", "reserved >= 0");
            table.HasCheckConstraint("ck_stock_sold", "sold >= 0");
            table.HasCheckConstraint("ck_stock_adds_up", "initial + adjusted = available + reserved + sold");
        });
        // Room in each page, and no index but the key: a hot SKU's updates then stay in the page and touch no index.
        stock.HasStorageParameter("fillfactor", 50);
        stock.HasKey(s => s.Sku).HasName("pk_stock");
        stock.Property(s => s.Sku).HasColumnName("sku").HasMaxLength(64);
        stock.Property(s => s.Initial).HasColumnName("initial");
        stock.Property(s => s.Adjusted).HasColumnName("adjusted").HasDefaultValue(0L);
        stock.Property(s => s.Available).HasColumnName("available");
        stock.Property(s => s.Reserved).HasColumnName("reserved").HasDefaultValue(0);
        stock.Property(s => s.Sold).HasColumnName("sold").HasDefaultValue(0L);
        stock.Property(s => s.Revision).HasColumnName("revision").HasDefaultValue(1L);
        stock.Property(s => s.LowThreshold).HasColumnName("low_threshold");
        stock.Property(s => s.UpdatedAt).HasColumnName("updated_at");
    }

    private static void MapStockAdjustment(EntityTypeBuilder<StockAdjustment> adjustment)
    {
        adjustment.ToTable("stock_adjustments");
        adjustment.HasKey(a => a.Id).HasName("pk_stock_adjustments");
        adjustment.Property(a => a.Id).HasColumnName("id");
        adjustment.Property(a => a.Sku).HasColumnName("sku").HasMaxLength(64);
        adjustment.Property(a => a.Delta).HasColumnName("delta");
        adjustment.Property(a => a.Available).HasColumnName("available");
        adjustment.Property(a => a.Reason).HasColumnName("reason").HasMaxLength(200);
        adjustment.Property(a => a.Actor).HasColumnName("actor").HasMaxLength(64);
        adjustment.Property(a => a.At).HasColumnName("at");
        adjustment.HasIndex(a => new { a.Sku, a.Id }).HasDatabaseName("ix_stock_adjustments_sku_id");
        adjustment.HasOne<StockItem>().WithMany().HasForeignKey(a => a.Sku)
            .HasConstraintName("fk_stock_adjustments_stock").OnDelete(DeleteBehavior.Restrict);
    }

    private static void MapStockAnnouncement(EntityTypeBuilder<StockAnnouncement> announcement)
    {
        announcement.ToTable("stock_announcements");
        announcement.HasKey(a => a.Sku).HasName("pk_stock_announcements");
        announcement.Property(a => a.Sku).HasColumnName("sku").HasMaxLength(64);
        announcement.Property(a => a.Revision).HasColumnName("revision");
        announcement.Property(a => a.IsLow).HasColumnName("is_low").HasDefaultValue(false);
    }

    private static void MapStockReturn(EntityTypeBuilder<StockReturn> stockReturn)
    {
        stockReturn.ToTable("stock_returns", table => table.HasCheckConstraint("ck_stock_returns_quantity", "quantity > 0"));
        stockReturn.HasKey(r => new { r.ReturnId, r.Sku }).HasName("pk_stock_returns");
        stockReturn.Property(r => r.ReturnId).HasColumnName("return_id");
        stockReturn.Property(r => r.Sku).HasColumnName("sku").HasMaxLength(64);
        stockReturn.Property(r => r.OrderId).HasColumnName("order_id");
        stockReturn.Property(r => r.Quantity).HasColumnName("quantity");
        stockReturn.Property(r => r.At).HasColumnName("at");
        stockReturn.HasIndex(r => r.Sku).HasDatabaseName("ix_stock_returns_sku");
        stockReturn.HasOne<StockItem>().WithMany().HasForeignKey(r => r.Sku)
            .HasConstraintName("fk_stock_returns_stock").OnDelete(DeleteBehavior.Restrict);
    }

    private static void MapReservation(EntityTypeBuilder<Reservation> reservation)
    {
        reservation.ToTable("reservations");
        reservation.HasKey(r => r.OrderId).HasName("pk_reservations");
        reservation.Property(r => r.OrderId).HasColumnName("order_id").ValueGeneratedNever();
        reservation.Property(r => r.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        reservation.Property(r => r.CreatedAt).HasColumnName("created_at");
        reservation.Property(r => r.ExpiresAt).HasColumnName("expires_at");
        reservation.Property(r => r.SettledAt).HasColumnName("settled_at");
        reservation.Property(r => r.RejectedSkus).HasColumnName("rejected_skus");
        reservation.HasIndex(r => r.ExpiresAt).HasDatabaseName("ix_reservations_held").HasFilter("state = 'Held'");
        reservation.HasIndex(r => r.SettledAt).HasDatabaseName("ix_reservations_unfilled").HasFilter("state = 'Unfilled'");
        reservation.HasMany(r => r.Lines).WithOne().HasForeignKey(l => l.OrderId)
            .HasConstraintName("fk_reservation_lines_reservation");
    }

    private static void MapReservationLine(EntityTypeBuilder<ReservationLine> line)
    {
        line.ToTable("reservation_lines", table => table.HasCheckConstraint("ck_reservation_lines_quantity", "quantity > 0"));
        line.HasKey(l => new { l.OrderId, l.Sku }).HasName("pk_reservation_lines");
        line.Property(l => l.OrderId).HasColumnName("order_id");
        line.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(64);
        line.Property(l => l.Quantity).HasColumnName("quantity");
    }
}
