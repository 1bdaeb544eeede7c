using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShopFlow.Messaging;

public static class MessagingModelExtensions
{
    /// <summary>Maps the tables outbox_messages and inbox_messages. Call it in OnModelCreating.</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxMessage>(MapOutbox);
        model.Entity<InboxMessage>(MapInbox);
        return model;
    }

    private static void MapOutbox(EntityTypeBuilder<OutboxMessage> outbox)
    {
        outbox.ToTable("outbox_messages");
        outbox.HasKey(message => message.Position).HasName("pk_outbox_messages");
        outbox.Property(message => message.Position).HasColumnName("position").UseIdentityAlwaysColumn();
        outbox.Property(message => message.Id).HasColumnName("id");
        outbox.Property(message => message.Name).HasColumnName("name");
        outbox.Property(message => message.Payload).HasColumnName("payload").HasColumnType("json");
        outbox.Property(message => message.TraceParent).HasColumnName("trace_parent");
        outbox.Property(message => message.OccurredAt).HasColumnName("occurred_at");
        outbox.Property(message => message.HeldUntil).HasColumnName("held_until");

        // Every row is written once and deleted once: without frequent vacuuming the relay would walk over what it deleted.
        outbox.HasStorageParameter("autovacuum_vacuum_scale_factor", 0.0);
        outbox.HasStorageParameter("autovacuum_vacuum_threshold", 5000);
    }

    private static void MapInbox(EntityTypeBuilder<InboxMessage> inbox)
    {
        inbox.ToTable("inbox_messages");
        inbox.HasKey(message => message.Id).HasName("pk_inbox_messages");
        inbox.Property(message => message.Id).HasColumnName("id").ValueGeneratedNever();
        inbox.Property(message => message.ReceivedAt).HasColumnName("received_at");

        // Rows arrive in the order of time, so a block range index of a few pages finds the old ones.
        inbox.HasIndex(message => message.ReceivedAt).HasMethod("brin").HasDatabaseName("ix_inbox_messages_received_at");
    }
}
