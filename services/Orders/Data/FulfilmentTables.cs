using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShopFlow.Orders.Data;

/// <summary>What happens to an order after it is paid: parcels, returns, refunds.</summary>
internal static class FulfilmentTables
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Shipment>(MapShipment);
        model.Entity<ShipmentLine>(MapShipmentLine);
        model.Entity<Return>(MapReturn);
        model.Entity<ReturnLine>(MapReturnLine);
        model.Entity<Refund>(MapRefund);
        model.Entity<RefundLine>(MapRefundLine);
    }

    private static void MapShipment(EntityTypeBuilder<Shipment> shipment)
    {
        shipment.ToTable("shipments");
        shipment.HasKey(s => s.Id).HasName("pk_shipments");
        shipment.Property(s => s.Id).HasColumnName("id").ValueGeneratedNever();
        shipment.Property(s => s.OrderId).HasColumnName("order_id");
        shipment.Property(s => s.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        shipment.Property(s => s.Carrier).HasColumnName("carrier").HasMaxLength(100);
        shipment.Property(s => s.TrackingNumber).HasColumnName("tracking_number").HasMaxLength(100);
        shipment.Property(s => s.PackedAt).HasColumnName("packed_at");
        shipment.Property(s => s.ShippedAt).HasColumnName("shipped_at");
        shipment.Property(s => s.DeliveredAt).HasColumnName("delivered_at");
        shipment.HasIndex(s => s.OrderId).HasDatabaseName("ix_shipments_order_id");
        shipment.HasOne<Order>().WithMany().HasForeignKey(s => s.OrderId).HasConstraintName("fk_shipments_order");
        shipment.HasMany(s => s.Lines).WithOne().HasForeignKey(l => l.ShipmentId).HasConstraintName("fk_shipment_lines_shipment");
    }

    private static void MapShipmentLine(EntityTypeBuilder<ShipmentLine> line)
    {
        line.ToTable("shipment_lines", table => table.HasCheckConstraint("ck_shipment_lines_quantity", "quantity > 0"));
        line.HasKey(l => new { l.ShipmentId, l.Position }).HasName("pk_shipment_lines");
        line.Property(l => l.ShipmentId).HasColumnName("shipment_id");
        line.Property(l => l.Position).HasColumnName("position").ValueGeneratedNever();
        line.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(64);
        line.Property(l => l.Quantity).HasColumnName("quantity");
    }

    private static void MapReturn(EntityTypeBuilder<Return> entity)
    {
        entity.ToTable("returns");
        entity.HasKey(r => r.Id).HasName("pk_returns");
        entity.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        entity.Property(r => r.OrderId).HasColumnName("order_id");
        entity.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(500);
        entity.Property(r => r.RequestedAt).HasColumnName("requested_at");
        entity.Ignore(r => r.State);
        entity.HasIndex(r => r.OrderId).HasDatabaseName("ix_returns_order_id");
        entity.HasOne<Order>().WithMany().HasForeignKey(r => r.OrderId).HasConstraintName("fk_returns_order");
        entity.HasMany(r => r.Lines).WithOne().HasForeignKey(l => l.ReturnId).HasConstraintName("fk_return_lines_return");
    }

    private static void MapReturnLine(EntityTypeBuilder<ReturnLine> line)
    {
        line.ToTable("return_lines", table => table.HasCheckConstraint(
            "ck_return_lines_pieces",
            "quantity > 0 and received >= 0 and rejected >= 0 and received + rejected <= quantity and restocked between 0 and received"));
        line.HasKey(l => new { l.ReturnId, l.Position }).HasName("pk_return_lines");
        line.Property(l => l.ReturnId).HasColumnName("return_id");
        line.Property(l => l.Position).HasColumnName("position").ValueGeneratedNever();
        line.Property(l => l.Sku).HasColumnName("sku").HasMaxLength(64);
        line.Property(l => l.Quantity).HasColumnName("quantity");
        line.Property(l => l.Received).HasColumnName("received");
        line.Property(l => l.Restocked).HasColumnName("restocked");
        line.Property(l => l.Rejected).HasColumnName("rejected");
        line.Property(l => l.RejectedBecause).HasColumnName("rejected_because").HasMaxLength(500);
    }

    private static void MapRefund(EntityTypeBuilder<Refund> refund)
    {
        refund.ToTable("refunds", table => table.HasCheckConstraint("ck_refunds_amount", "amount > 0 and tax >= 0 and shipping >= 0"));
        refund.HasKey(r => r.Id).HasName("pk_refunds");
        refund.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        refund.Property(r => r.OrderId).HasColumnName("order_id");
        refund.Property(r => r.Amount).HasColumnName("amount");
        refund.Property(r => r.Tax).HasColumnName("tax");
        refund.Property(r => r.Shipping).HasColumnName("shipping");
        refund.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(500);
        refund.Property(r => r.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        refund.Property(r => r.Failure).HasColumnName("failure").HasMaxLength(500);
        refund.Property(r => r.RequestedAt).HasColumnName("requested_at");
        refund.Property(r => r.SettledAt).HasColumnName("settled_at");
        refund.HasIndex(r => r.OrderId).HasDatabaseName("ix_refunds_order_id");
        refund.HasOne<Order>().WithMany().HasForeignKey(r => r.OrderId).HasConstraintName("fk_refunds_order");
        refund.HasMany(r => r.Lines).WithOne().HasForeignKey(l => l.RefundId).HasConstraintName("fk_refund_lines_refund");
    }

    private static void MapRefundLine(EntityTypeBuilder<RefundLine> line)
    {
        line.ToTable("refund_lines", table => table.HasCheckConstraint("ck_refund_lines_quantity", "quantity > 0 and amount >= 0"));
        line.HasKey(l => new { l.RefundId, l.Position }).HasName("pk_refund_lines");
        line.Property(l => l.RefundId).HasColumnName("refund_id");
        line.Property(l => l.Position).HasColumnName("position").ValueGeneratedNever();
        line.Property(l => l.Quantity).HasColumnName("quantity");
        line.Property(l => l.Amount).HasColumnName("amount");
        line.Property(l => l.Tax).HasColumnName("tax");
    }
}
