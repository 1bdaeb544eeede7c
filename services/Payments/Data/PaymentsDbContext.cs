using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShopFlow.Messaging;

namespace ShopFlow.Payments.Data;

internal sealed class PaymentsDbContext(DbContextOptions<PaymentsDbContext> options) : DbContext(options)
{
    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    /// <summary>Set by who records work for the settlement worker, which is woken when the transaction commits.</summary>
    public bool HasDueWork { get; set; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Payment>(MapPayment);
        modelBuilder.Entity<Refund>(MapRefund);
        modelBuilder.Entity<LedgerEntry>(MapLedgerEntry);
    }

    private static void MapPayment(EntityTypeBuilder<Payment> payment)
    {
        payment.ToTable("payments", table =>
        {
            table.HasCheckConstraint("ck_payments_captured", "captured >= 0 and captured <= amount");
            table.HasCheckConstraint("ck_payments_refunded", "refunded >= 0 and refunded <= captured");
        });
        payment.HasKey(p => p.Id).HasName("pk_payments");
        payment.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
        payment.Property(p => p.OrderId).HasColumnName("order_id");
        payment.Property(p => p.UserId).HasColumnName("user_id").HasMaxLength(64);
        payment.Property(p => p.Amount).HasColumnName("amount");
        payment.Property(p => p.Currency).HasColumnName("currency").HasColumnType("char(3)");
        payment.Property(p => p.Method).HasColumnName("method").HasMaxLength(100);
        payment.Property(p => p.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        payment.Property(p => p.IsCancelled).HasColumnName("is_cancelled").HasDefaultValue(false);
        payment.Property(p => p.Reference).HasColumnName("reference").HasMaxLength(100);
        payment.Property(p => p.DeclineReason).HasColumnName("decline_reason").HasMaxLength(200);
        payment.Property(p => p.ChallengeUrl).HasColumnName("challenge_url").HasMaxLength(2000);
        payment.Property(p => p.Captured).HasColumnName("captured").HasDefaultValue(0L);
        payment.Property(p => p.Refunded).HasColumnName("refunded").HasDefaultValue(0L);
        payment.Property(p => p.TraceParent).HasColumnName("trace_parent").HasMaxLength(55);
        payment.Property(p => p.Attempts).HasColumnName("attempts").HasDefaultValue(0);
        payment.Property(p => p.DueAt).HasColumnName("due_at");
        payment.Property(p => p.CreatedAt).HasColumnName("created_at");
        payment.Property(p => p.UpdatedAt).HasColumnName("updated_at");
        payment.Property(p => p.Version).IsRowVersion();
        payment.HasIndex(p => p.OrderId).IsUnique().HasDatabaseName("ux_payments_order_id");
        payment.HasIndex(p => p.DueAt).HasDatabaseName("ix_payments_due").HasFilter("due_at is not null");
    }

    private static void MapRefund(EntityTypeBuilder<Refund> refund)
    {
        refund.ToTable("refunds", table => table.HasCheckConstraint("ck_refunds_amount", "amount > 0"));
        refund.HasKey(r => r.Id).HasName("pk_refunds");
        refund.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        refund.Property(r => r.OrderId).HasColumnName("order_id");
        refund.Property(r => r.Amount).HasColumnName("amount");
        refund.Property(r => r.Currency).HasColumnName("currency").HasColumnType("char(3)");
        refund.Property(r => r.Reason).HasColumnName("reason").HasMaxLength(200);
        refund.Property(r => r.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        refund.Property(r => r.Failure).HasColumnName("failure").HasMaxLength(500);
        refund.Property(r => r.Attempts).HasColumnName("attempts").HasDefaultValue(0);
        refund.Property(r => r.DueAt).HasColumnName("due_at");
        refund.Property(r => r.CreatedAt).HasColumnName("created_at");
        refund.Property(r => r.UpdatedAt).HasColumnName("updated_at");
        refund.Property(r => r.Version).IsRowVersion();
        refund.HasIndex(r => r.OrderId).HasDatabaseName("ix_refunds_order_id");
        refund.HasIndex(r => r.DueAt).HasDatabaseName("ix_refunds_due").HasFilter("due_at is not null");
    }

    private static void MapLedgerEntry(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("ledger", table => table.HasCheckConstraint("ck_ledger_amount", "amount > 0"));
        entry.HasKey(l => l.Id).HasName("pk_ledger");
        entry.Property(l => l.Id).HasColumnName("id").ValueGeneratedNever();
        entry.Property(l => l.PaymentId).HasColumnName("payment_id");
        entry.Property(l => l.OrderId).HasColumnName("order_id");
        entry.Property(l => l.Kind).HasColumnName("kind").HasConversion<string>().HasMaxLength(16);
        entry.Property(l => l.Amount).HasColumnName("amount");
        entry.Property(l => l.Currency).HasColumnName("currency").HasColumnType("char(3)");
        entry.Property(l => l.RefundId).HasColumnName("refund_id");
        entry.Property(l => l.At).HasColumnName("at");
        // Money is authorised, captured and voided at most once per payment, and given back once per refund.
        entry.HasIndex(l => new { l.PaymentId, l.Kind }).IsUnique()
            .HasDatabaseName("ux_ledger_payment_id_kind").HasFilter("refund_id is null");
        entry.HasIndex(l => l.RefundId).IsUnique()
            .HasDatabaseName("ux_ledger_refund_id").HasFilter("refund_id is not null");
        entry.HasOne<Payment>().WithMany().HasForeignKey(l => l.PaymentId)
            .HasConstraintName("fk_ledger_payments").OnDelete(DeleteBehavior.Restrict);
        entry.HasOne<Refund>().WithMany().HasForeignKey(l => l.RefundId)
            .HasConstraintName("fk_ledger_refunds").OnDelete(DeleteBehavior.Restrict);
    }
}
