using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;

namespace ShopFlow.Catalog.Data;

internal sealed class CatalogDbContext(DbContextOptions<CatalogDbContext> options) : DbContext(options)
{
    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Product> Products => Set<Product>();

    public DbSet<Variant> Variants => Set<Variant>();

    public DbSet<Price> Prices => Set<Price>();

    public DbSet<StockLevelEntry> StockLevels => Set<StockLevelEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();

        modelBuilder.Entity<Category>(category =>
        {
            category.ToTable("categories");
            category.HasKey(c => c.Slug).HasName("pk_categories");
            category.Property(c => c.Slug).HasColumnName("slug").HasMaxLength(60);
            category.Property(c => c.Name).HasColumnName("name").HasMaxLength(100);
            category.Property(c => c.ParentSlug).HasColumnName("parent_slug").HasMaxLength(60);
            category.Property(c => c.Position).HasColumnName("position");
            category.HasOne<Category>().WithMany().HasForeignKey(c => c.ParentSlug).OnDelete(DeleteBehavior.Restrict);
        });

        modelBuilder.Entity<Product>(product =>
        {
            product.ToTable("products");
            product.HasKey(p => p.Id).HasName("pk_products");
            product.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
            product.Property(p => p.Slug).HasColumnName("slug").HasMaxLength(120);
            product.Property(p => p.Name).HasColumnName("name").HasMaxLength(200);
            product.Property(p => p.Brand).HasColumnName("brand").HasMaxLength(100);
            product.Property(p => p.Description).HasColumnName("description").HasMaxLength(4000);
            product.Property(p => p.CategorySlug).HasColumnName("category_slug").HasMaxLength(60);
            product.Property(p => p.TaxClass).HasColumnName("tax_class").HasMaxLength(20);
            product.Property(p => p.Status).HasColumnName("status").HasConversion<short>();
            product.Property(p => p.Options).HasColumnName("options");
            product.Property(p => p.UpdatedAt).HasColumnName("updated_at");
            product.Property(p => p.Version).IsRowVersion();
            product.HasOne<Category>().WithMany().HasForeignKey(p => p.CategorySlug).OnDelete(DeleteBehavior.Restrict);
            product.HasMany(p => p.Variants).WithOne().HasForeignKey(v => v.ProductId).OnDelete(DeleteBehavior.Cascade);
            product.HasIndex(p => p.Slug).IsUnique().HasDatabaseName("ix_products_slug");
            product.HasIndex(p => p.Id).HasFilter("status = 0").HasDatabaseName("ix_products_active");
            product.HasIndex(p => new { p.CategorySlug, p.Id }).HasFilter("status = 0").HasDatabaseName("ix_products_active_category");
        });

        modelBuilder.Entity<Variant>(variant =>
        {
            variant.ToTable("variants");
            variant.HasKey(v => v.Sku).HasName("pk_variants");
            variant.Property(v => v.Sku).HasColumnName("sku").HasMaxLength(40);
            variant.Property(v => v.ProductId).HasColumnName("product_id");
            variant.Property(v => v.Position).HasColumnName("position");
            variant.Property(v => v.OptionValues).HasColumnName("option_values");
            variant.Property(v => v.OptionPairs).HasColumnName("option_pairs").HasDefaultValueSql("'{}'");
            variant.Property(v => v.WeightGrams).HasColumnName("weight_grams");
            variant.HasMany(v => v.Prices).WithOne().HasForeignKey(p => p.Sku).OnDelete(DeleteBehavior.Cascade);
            variant.HasIndex(v => v.ProductId).HasDatabaseName("ix_variants_product_id");
            variant.HasIndex(v => v.OptionPairs).HasMethod("gin").HasDatabaseName("ix_variants_option_pairs");
        });

        modelBuilder.Entity<Price>(price =>
        {
            price.ToTable("prices");
            price.HasKey(p => new { p.Sku, p.Currency }).HasName("pk_prices");
            price.Property(p => p.Sku).HasColumnName("sku").HasMaxLength(40);
            price.Property(p => p.Currency).HasColumnName("currency").HasColumnType("char(3)");
            price.Property(p => p.Amount).HasColumnName("amount");
        });

        modelBuilder.Entity<StockLevelEntry>(level =>
        {
            level.ToTable("stock_levels");
            level.HasKey(l => l.Sku).HasName("pk_stock_levels");
            level.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(40);
            level.Property(l => l.Available).HasColumnName("available");
            level.Property(l => l.Revision).HasColumnName("revision");
        });
    }
}
