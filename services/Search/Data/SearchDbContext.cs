using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShopFlow.Messaging;

namespace ShopFlow.Search.Data;

internal sealed class SearchDbContext(DbContextOptions<SearchDbContext> options) : DbContext(options)
{
    private const string ThisTransaction = "pg_current_xact_id()::text::bigint";

    public DbSet<ProductRow> Products => Set<ProductRow>();

    public DbSet<StockRow> Stock => Set<StockRow>();

    public DbSet<ProductChange> Changes => Set<ProductChange>();

    public DbSet<Rebuild> Rebuilds => Set<Rebuild>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<ProductRow>(MapProduct);
        modelBuilder.Entity<StockRow>(MapStock);
        modelBuilder.Entity<ProductChange>(MapChange);
        modelBuilder.Entity<Rebuild>(MapRebuild);
    }

    private static void MapProduct(EntityTypeBuilder<ProductRow> product)
    {
        product.ToTable("products");
        product.HasKey(p => p.ProductId).HasName("pk_products");
        product.Property(p => p.ProductId).HasColumnName("product_id").ValueGeneratedNever();
        product.Property(p => p.Body).HasColumnName("body").HasColumnType("json");
        product.Property(p => p.UpdatedAt).HasColumnName("updated_at");
        product.Property(p => p.WrittenAt).HasColumnName("written_at");
        product.Property(p => p.ChangedIn).HasColumnName("changed_in").HasDefaultValueSql(ThisTransaction);
        product.HasIndex(p => p.ChangedIn).HasDatabaseName("ix_products_changed_in");
    }

    private static void MapStock(EntityTypeBuilder<StockRow> stock)
    {
        stock.ToTable("stock_levels");
        stock.HasKey(s => s.Sku).HasName("pk_stock_levels");
        stock.Property(s => s.Sku).HasColumnName("sku").HasMaxLength(64);
        stock.Property(s => s.Available).HasColumnName("available");
        stock.Property(s => s.Revision).HasColumnName("revision");
        stock.Property(s => s.ChangedIn).HasColumnName("changed_in").HasDefaultValueSql(ThisTransaction);
        stock.HasIndex(s => s.ChangedIn).HasDatabaseName("ix_stock_levels_changed_in");
    }

    private static void MapChange(EntityTypeBuilder<ProductChange> change)
    {
        change.ToTable("product_changes");
        change.HasKey(c => c.ProductId).HasName("pk_product_changes");
        change.Property(c => c.ProductId).HasColumnName("product_id").ValueGeneratedNever();
        change.Property(c => c.EventId).HasColumnName("event_id");
        change.Property(c => c.OccurredAt).HasColumnName("occurred_at");
        change.Property(c => c.LeasedUntil).HasColumnName("leased_until");
        change.HasIndex(c => c.OccurredAt).HasDatabaseName("ix_product_changes_occurred_at");
    }

    private static void MapRebuild(EntityTypeBuilder<Rebuild> rebuild)
    {
        rebuild.ToTable("rebuilds");
        rebuild.HasKey(r => r.Id).HasName("pk_rebuilds");
        rebuild.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        rebuild.Property(r => r.RequestedAt).HasColumnName("requested_at");
        rebuild.Property(r => r.FinishedAt).HasColumnName("finished_at");
        rebuild.Property(r => r.Products).HasColumnName("products");
        rebuild.Property(r => r.Position).HasColumnName("position");
        rebuild.Property(r => r.LeasedUntil).HasColumnName("leased_until");

        // One at a time.
        rebuild.HasIndex(r => r.FinishedAt).IsUnique().AreNullsDistinct(false).HasFilter("finished_at is null").HasDatabaseName("ix_rebuilds_unfinished");
    }
}
