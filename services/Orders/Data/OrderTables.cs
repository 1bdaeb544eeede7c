using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShopFlow.Orders.Data;

/// <summary>Orders as they are placed, and the rates that they are placed at.</summary>
internal static class OrderTables
{
    // Dividing by it drops trailing zeros: 19.000 percent is shown as 19, as when it was quoted.
    private const decimal OneWithAllDigits = 1.0000000000000000000000000000m;

    private static readonly ValueComparer<IReadOnlyList<AppliedDiscount>> NeverChanged = new(favorStructuralComparisons: false);

    public static void Map(ModelBuilder model)
    {
        model.HasPostgresExtension("pg_trgm");
        model.Entity<Order>(MapOrder);
        model.Entity<OrderedItem>(MapItem);
        model.Entity<StatusChange>(MapStatusChange);
        model.Entity<PlacedRequest>(MapPlacedRequest);
        model.Entity<StoredRates>(MapRates);
    }

    private static void MapOrder(EntityTypeBuilder<Order> order)
    {
        // The money that goes back is bounded here, whoever asks for it at the same moment.
        order.ToTable("orders", table =>
        {
            table.HasCheckConstraint("ck_orders_total", "total >= 0 and total = subtotal - discount + shipping - shipping_discount + case when tax_included then 0 else tax end");
            table.HasCheckConstraint("ck_orders_discount", "discount between 0 and subtotal and shipping_discount between 0 and shipping");
            table.HasCheckConstraint("ck_orders_refunded", "refunded between 0 and captured and shipping_refunded >= 0");
        });
        order.HasKey(o => o.Id).HasName("pk_orders");
        order.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        order.Property(o => o.UserId).HasColumnName("user_id").HasMaxLength(64);
        order.Property(o => o.Email).HasColumnName("email").HasMaxLength(254);
        order.Property(o => o.AccessKeyHash).HasColumnName("access_key_hash");
        order.Property(o => o.PaymentMethod).HasColumnName("payment_method").HasMaxLength(64);
        order.Property(o => o.ShippingAddress).HasColumnName("shipping_address").HasColumnType("jsonb").HasConversion(
            address => JsonSerializer.Serialize(address, OrdersJsonContext.Default.ShippingAddress),
            json => JsonSerializer.Deserialize(json, OrdersJsonContext.Default.ShippingAddress));
        order.Property(o => o.ShippingOption).HasColumnName("shipping_option").HasMaxLength(40);
        MapAmounts(order);
        order.Property(o => o.Discounts).HasColumnName("discounts").HasColumnType("jsonb").HasConversion(
            discounts => JsonSerializer.Serialize(discounts, OrdersJsonContext.Default.IReadOnlyListAppliedDiscount),
            json => JsonSerializer.Deserialize(json, OrdersJsonContext.Default.IReadOnlyListAppliedDiscount),
            NeverChanged);
        order.Property(o => o.CouponId).HasColumnName("coupon_id");
        order.Property(o => o.CreatedAt).HasColumnName("created_at");
        order.Property(o => o.State).HasColumnName("state").HasConversion<string>().HasMaxLength(24);
        order.Property(o => o.Step).HasColumnName("step");
        order.Property(o => o.Reason).HasColumnName("reason").HasMaxLength(64);
        order.Property(o => o.Deadline).HasColumnName("deadline");
        order.Property(o => o.ChallengeUrl).HasColumnName("challenge_url").HasMaxLength(2000);
        order.Property(o => o.PaymentId).HasColumnName("payment_id");

        order.HasIndex(o => new { o.UserId, o.Id }).HasDatabaseName("ix_orders_user_id_id");
        order.HasIndex(o => new { o.State, o.Id }).HasDatabaseName("ix_orders_state_id");
        order.HasIndex(o => o.PaymentId).HasDatabaseName("ix_orders_payment_id").HasFilter("payment_id is not null");
        order.HasIndex(o => o.Email).HasMethod("gin").HasOperators("gin_trgm_ops").HasDatabaseName("ix_orders_email");
        order.HasIndex(o => o.Deadline).HasDatabaseName("ix_orders_deadline").HasFilter("deadline is not null");
        order.HasMany(o => o.Lines).WithOne().HasForeignKey(line => line.OrderId).HasConstraintName("fk_order_lines_order");
        order.HasMany(o => o.History).WithOne().HasForeignKey(change => change.OrderId).HasConstraintName("fk_status_changes_order");
    }

    private static void MapAmounts(EntityTypeBuilder<Order> order)
    {
        order.Property(o => o.Currency).HasColumnName("currency").HasColumnType("char(3)");
        order.Property(o => o.Subtotal).HasColumnName("subtotal");
        order.Property(o => o.Discount).HasColumnName("discount");
        order.Property(o => o.ShippingDiscount).HasColumnName("shipping_discount");
        order.Property(o => o.Shipping).HasColumnName("shipping");
        order.Property(o => o.ShippingTax).HasColumnName("shipping_tax");
        order.Property(o => o.Tax).HasColumnName("tax");
        order.Property(o => o.TaxIncluded).HasColumnName("tax_included");
        order.Property(o => o.Total).HasColumnName("total");
        order.Property(o => o.RatesVersion).HasColumnName("rates_version");
        order.Property(o => o.Captured).HasColumnName("captured");
        order.Property(o => o.Refunded).HasColumnName("refunded");
        order.Property(o => o.ShippingRefunded).HasColumnName("shipping_refunded");
    }

    private static void MapItem(EntityTypeBuilder<OrderedItem> line)
    {
        line.ToTable("order_lines", table =>
        {
            table.HasCheckConstraint("ck_order_lines_quantity", "quantity > 0");
            table.HasCheckConstraint(
                "ck_order_lines_pieces",
                "packed <= quantity and shipped between 0 and packed and delivered between 0 and shipped "
                + "and return_requested >= 0 and returned >= 0 and return_requested + returned <= delivered");
            table.HasCheckConstraint("ck_order_lines_discount", "discount between 0 and unit_price * quantity");
            table.HasCheckConstraint("ck_order_lines_refunded", "refunded_quantity between 0 and quantity and refunded_amount >= 0");
        });
        line.HasKey(l => new { l.OrderId, l.Position }).HasName("pk_order_lines");
        line.HasIndex(l => l.Sku).HasDatabaseName("ix_order_lines_sku");
        line.HasIndex(l => l.Name).HasMethod("gin").HasOperators("gin_trgm_ops").HasDatabaseName("ix_order_lines_name");
        line.Property(l => l.OrderId).HasColumnName("order_id");
        line.Property(l => l.Position).HasColumnName("position").ValueGeneratedNever();
        line.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(64);
        line.Property(l => l.ProductId).HasColumnName("product_id").HasMaxLength(64);
        line.Property(l => l.Name).HasColumnName("name").HasMaxLength(300);
        line.Property(l => l.Quantity).HasColumnName("quantity");
        line.Property(l => l.UnitPrice).HasColumnName("unit_price");
        line.Property(l => l.TaxClass).HasColumnName("tax_class").HasMaxLength(16);
        line.Property(l => l.TaxRate).HasColumnName("tax_rate").HasColumnType("numeric(6,3)")
            .HasConversion(rate => rate, stored => stored / OneWithAllDigits);
        line.Property(l => l.Discount).HasColumnName("discount");
        line.Property(l => l.Tax).HasColumnName("tax");
        line.Property(l => l.WeightGrams).HasColumnName("weight_grams");
        line.Property(l => l.Packed).HasColumnName("packed");
        line.Property(l => l.Shipped).HasColumnName("shipped");
        line.Property(l => l.Delivered).HasColumnName("delivered");
        line.Property(l => l.Returning).HasColumnName("return_requested");
        line.Property(l => l.Returned).HasColumnName("returned");
        line.Property(l => l.RefundedQuantity).HasColumnName("refunded_quantity");
        line.Property(l => l.RefundedAmount).HasColumnName("refunded_amount");
        line.Property(l => l.RefundedTax).HasColumnName("refunded_tax");
    }

    private static void MapStatusChange(EntityTypeBuilder<StatusChange> change)
    {
        change.ToTable("status_changes");
        change.HasKey(c => new { c.OrderId, c.Step }).HasName("pk_status_changes");
        change.Property(c => c.OrderId).HasColumnName("order_id");
        change.Property(c => c.Step).HasColumnName("step").ValueGeneratedNever();
        change.Property(c => c.State).HasColumnName("state").HasConversion<string>().HasMaxLength(24);
        change.Property(c => c.Reason).HasColumnName("reason").HasMaxLength(64);
        change.Property(c => c.ChallengeUrl).HasColumnName("challenge_url").HasMaxLength(2000);
        change.Property(c => c.At).HasColumnName("at");
    }

    private static void MapPlacedRequest(EntityTypeBuilder<PlacedRequest> request)
    {
        request.ToTable("placed_requests");
        request.HasKey(r => new { r.UserId, r.Key }).HasName(OrdersDbContext.PlacedRequestsKey);
        request.Property(r => r.UserId).HasColumnName("user_id").HasMaxLength(64);
        request.Property(r => r.Key).HasColumnName("key").HasMaxLength(200);
        request.Property(r => r.RequestHash).HasColumnName("request_hash");
        request.Property(r => r.OrderId).HasColumnName("order_id");
        request.Property(r => r.AccessSalt).HasColumnName("access_salt");
        request.Property(r => r.StatusCode).HasColumnName("status_code");
        request.Property(r => r.Answer).HasColumnName("answer").HasColumnType("text");
        request.Property(r => r.CreatedAt).HasColumnName("created_at");
        request.HasIndex(r => r.CreatedAt).HasMethod("brin").HasDatabaseName("ix_placed_requests_created_at");
    }

    private static void MapRates(EntityTypeBuilder<StoredRates> rates)
    {
        rates.ToTable("rates");
        rates.HasKey(r => r.Version).HasName("pk_rates");
        rates.Property(r => r.Version).HasColumnName("version").ValueGeneratedNever();
        rates.Property(r => r.Sheet).HasColumnName("sheet").HasColumnType("jsonb");
        rates.Property(r => r.CreatedAt).HasColumnName("created_at");
        rates.Property(r => r.CreatedBy).HasColumnName("created_by").HasMaxLength(64);
    }
}
