using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShopFlow.Messaging;

namespace ShopFlow.Recommendations.Data;

internal sealed class RecommendationsDbContext(DbContextOptions<RecommendationsDbContext> options) : DbContext(options)
{
    private const long WriterLock = 0x52_65_63_6F;

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Pair> Pairs => Set<Pair>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Visit> Visits => Set<Visit>();

    /// <summary>
    /// Until the transaction ends nobody else writes. A transaction counts for many baskets, which touch the same rows in any order:
    /// taking turns costs less than waiting for each other's rows, and nobody can wait in a circle.
    /// </summary>
    public Task TakeTurnAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({WriterLock})", cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Product>(MapProduct);
        modelBuilder.Entity<Variant>(MapVariant);
        modelBuilder.Entity<StockLevelEntry>(MapStockLevel);
        modelBuilder.Entity<Order>(MapOrder);
        modelBuilder.Entity<Visit>(MapVisit);
        modelBuilder.Entity<Pair>(MapPair);
    }

    private static void MapProduct(EntityTypeBuilder<Product> product)
    {
        product.ToTable("products", table => table.HasCheckConstraint("ck_products_counts", "orders >= 0 and visits >= 0"));
        product.HasKey(p => p.Id).HasName("pk_products");
        product.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
        product.Property(p => p.Category).HasColumnName("category").HasMaxLength(60);
        product.Property(p => p.IsActive).HasColumnName("is_active").HasDefaultValue(false);
        product.Property(p => p.IsForSale).HasColumnName("is_for_sale").HasDefaultValue(false);
        product.Property(p => p.Orders).HasColumnName("orders").HasDefaultValue(0);
        product.Property(p => p.Visits).HasColumnName("visits").HasDefaultValue(0);
        product.Property(p => p.Announced).HasColumnName("announced").HasDefaultValue(1L);
        product.Property(p => p.Learnt).HasColumnName("learnt").HasDefaultValue(0L);
        product.Property(p => p.LeasedUntil).HasColumnName("leased_until");
        product.HasIndex(p => p.Id).HasDatabaseName("ix_products_to_learn").HasFilter("learnt < announced");
        product.HasIndex(p => new { p.Category, p.Orders, p.Visits, p.Id }).HasDatabaseName("ix_products_popular_in_category")
            .IsDescending(false, true, true, false).HasFilter("is_for_sale");
        product.HasIndex(p => new { p.Orders, p.Visits, p.Id }).HasDatabaseName("ix_products_popular")
            .IsDescending(true, true, false).HasFilter("is_for_sale");
    }

    private static void MapVariant(EntityTypeBuilder<Variant> variant)
    {
        variant.ToTable("variants");
        variant.HasKey(v => v.Sku).HasName("pk_variants");
        variant.Property(v => v.Sku).HasColumnName("sku").HasMaxLength(64);
        variant.Property(v => v.ProductId).HasColumnName("product_id");
        variant.HasIndex(v => v.ProductId).HasDatabaseName("ix_variants_product_id");
    }

    private static void MapStockLevel(EntityTypeBuilder<StockLevelEntry> level)
    {
        level.ToTable("stock_levels");
        level.HasKey(l => l.Sku).HasName("pk_stock_levels");
        level.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(64);
        level.Property(l => l.Available).HasColumnName("available");
        level.Property(l => l.Revision).HasColumnName("revision");
    }

    private static void MapOrder(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders");
        order.HasKey(o => o.Id).HasName("pk_orders");
        order.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        order.Property(o => o.Products).HasColumnName("products");
        order.Property(o => o.IsConfirmed).HasColumnName("is_confirmed").HasDefaultValue(false);
        order.Property(o => o.IsCancelled).HasColumnName("is_cancelled").HasDefaultValue(false);
        order.Property(o => o.HeardAt).HasColumnName("heard_at");
        order.HasIndex(o => o.HeardAt).HasDatabaseName("ix_orders_heard_at");
    }

    private static void MapVisit(EntityTypeBuilder<Visit> visit)
    {
        visit.ToTable("visits");
        visit.HasKey(v => v.Id).HasName("pk_visits");
        visit.Property(v => v.Id).HasColumnName("id").ValueGeneratedNever();
        visit.Property(v => v.Products).HasColumnName("products");
        visit.Property(v => v.Day).HasColumnName("day");
        visit.HasIndex(v => v.Day).HasDatabaseName("ix_visits_day");
    }

    private static void MapPair(EntityTypeBuilder<Pair> pair)
    {
        pair.ToTable("pairs", table => table.HasCheckConstraint("ck_pairs_baskets", "baskets > 0"));
        pair.HasKey(p => new { p.ProductId, p.Relation, p.OtherId }).HasName("pk_pairs");
        pair.Property(p => p.ProductId).HasColumnName("product_id");
        pair.Property(p => p.Relation).HasColumnName("relation").HasConversion<short>();
        pair.Property(p => p.OtherId).HasColumnName("other_id");
        pair.Property(p => p.Baskets).HasColumnName("baskets");
        // Most pairs met once: left out, the index stays small.
        pair.HasIndex(p => new { p.ProductId, p.Relation, p.Baskets, p.OtherId }).HasDatabaseName("ix_pairs_often")
            .IsDescending(false, false, true, false).HasFilter("baskets > 1");
    }
}
