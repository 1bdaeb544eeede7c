using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShopFlow.Orders.Data;

/// <summary>Promotions, and who has redeemed which coupon.</summary>
internal static class PromotionTables
{
    /// <summary>Of the redemptions of a coupon in total.</summary>
    public const string TotalLimit = "ck_promotions_redeemed";

    /// <summary>Of the redemptions of a coupon by one customer.</summary>
    public const string CustomerLimit = "ck_coupon_customers_redeemed";

    public const string CodeIndex = "ix_promotions_code";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Promotion>(MapPromotion);
        model.Entity<CouponRedemption>(MapRedemption);
        model.Entity<CouponCustomer>(MapCustomer);
    }

    private static void MapPromotion(EntityTypeBuilder<Promotion> promotion)
    {
        // Whoever redeems at the same moment, the limit holds here.
        promotion.ToTable("promotions", table =>
        {
            table.HasCheckConstraint(TotalLimit, "redeemed >= 0 and redeemed <= limit_total");
            table.HasCheckConstraint("ck_promotions_limits", "(limit_total is null and limit_per_customer is null) or code is not null");
        });
        promotion.HasKey(p => p.Id).HasName("pk_promotions");
        promotion.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
        promotion.Property(p => p.Name).HasColumnName("name").HasMaxLength(100);
        promotion.Property(p => p.Code).HasColumnName("code").HasMaxLength(40);
        promotion.Property(p => p.Terms).HasColumnName("terms").HasColumnType("jsonb").HasConversion(
            terms => JsonSerializer.Serialize(terms, OrdersJsonContext.Default.PromotionTerms),
            json => JsonSerializer.Deserialize(json, OrdersJsonContext.Default.PromotionTerms)!);
        promotion.Property(p => p.Combinable).HasColumnName("combinable");
        promotion.Property(p => p.Priority).HasColumnName("priority");
        promotion.Property(p => p.StartsAt).HasColumnName("starts_at");
        promotion.Property(p => p.EndsAt).HasColumnName("ends_at");
        promotion.Property(p => p.LimitTotal).HasColumnName("limit_total");
        promotion.Property(p => p.LimitPerCustomer).HasColumnName("limit_per_customer");
        promotion.Property(p => p.Redeemed).HasColumnName("redeemed");
        promotion.Property(p => p.Version).HasColumnName("version").IsConcurrencyToken();
        promotion.Property(p => p.CreatedAt).HasColumnName("created_at");
        promotion.Property(p => p.ChangedAt).HasColumnName("changed_at");
        promotion.Property(p => p.ChangedBy).HasColumnName("changed_by").HasMaxLength(64);
        promotion.HasIndex(p => p.Code).IsUnique().HasDatabaseName(CodeIndex).HasFilter("code is not null");
        promotion.HasIndex(p => p.EndsAt).HasDatabaseName("ix_promotions_automatic").HasFilter("code is null");
    }

    private static void MapRedemption(EntityTypeBuilder<CouponRedemption> redemption)
    {
        redemption.ToTable("coupon_redemptions");
        redemption.HasKey(r => r.OrderId).HasName("pk_coupon_redemptions");
        redemption.Property(r => r.OrderId).HasColumnName("order_id").ValueGeneratedNever();
        redemption.Property(r => r.PromotionId).HasColumnName("promotion_id");
        redemption.Property(r => r.Customer).HasColumnName("customer").HasMaxLength(64);
        redemption.Property(r => r.RedeemedAt).HasColumnName("redeemed_at");
        redemption.Property(r => r.FreedAt).HasColumnName("freed_at");
        redemption.HasIndex(r => r.PromotionId).HasDatabaseName("ix_coupon_redemptions_promotion_id");
        redemption.HasOne<Order>().WithMany().HasForeignKey(r => r.OrderId).HasConstraintName("fk_coupon_redemptions_order");
        redemption.HasOne<Promotion>().WithMany().HasForeignKey(r => r.PromotionId).HasConstraintName("fk_coupon_redemptions_promotion")
            .OnDelete(DeleteBehavior.Restrict);
    }

    private static void MapCustomer(EntityTypeBuilder<CouponCustomer> customer)
    {
        customer.ToTable("coupon_customers", table => table.HasCheckConstraint(CustomerLimit, "redeemed >= 0 and redeemed <= most"));
        customer.HasKey(c => new { c.PromotionId, c.Customer }).HasName("pk_coupon_customers");
        customer.Property(c => c.PromotionId).HasColumnName("promotion_id");
        customer.Property(c => c.Customer).HasColumnName("customer").HasMaxLength(64);
        customer.Property(c => c.Redeemed).HasColumnName("redeemed");
        customer.Property(c => c.Most).HasColumnName("most");
        customer.HasOne<Promotion>().WithMany().HasForeignKey(c => c.PromotionId).HasConstraintName("fk_coupon_customers_promotion")
            .OnDelete(DeleteBehavior.Restrict);
    }
}
