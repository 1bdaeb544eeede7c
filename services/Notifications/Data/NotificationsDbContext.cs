using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShopFlow.Messaging;

namespace ShopFlow.Notifications.Data;

internal sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : DbContext(options)
{
    private const int TypeLength = 32;
    private const int UserIdLength = 64;

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<OptOut> OptOuts => Set<OptOut>();

    public DbSet<SentMessage> SentMessages => Set<SentMessage>();

    /// <summary>Whether the transaction has written deliveries, which the worker is told of when it commits.</summary>
    public bool HasNewDeliveries { get; set; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Notification>(MapNotification);
        modelBuilder.Entity<Contact>(MapContact);
        modelBuilder.Entity<OptOut>(MapOptOut);
        modelBuilder.Entity<Webhook>(MapWebhook);
        modelBuilder.Entity<Delivery>(MapDelivery);
        modelBuilder.Entity<SentMessage>(MapSentMessage);
    }

    private static void MapNotification(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("notifications");
        notification.HasKey(n => n.Id).HasName("pk_notifications");
        notification.Property(n => n.Id).HasColumnName("id").ValueGeneratedNever();
        notification.Property(n => n.UserId).HasColumnName("user_id").HasMaxLength(UserIdLength);
        notification.Property(n => n.Type).HasColumnName("type").HasConversion<string>().HasMaxLength(TypeLength);
        notification.Property(n => n.Subject).HasColumnName("subject").HasMaxLength(200);
        notification.Property(n => n.Body).HasColumnName("body");
        notification.Property(n => n.OrderId).HasColumnName("order_id");
        notification.Property(n => n.CreatedAt).HasColumnName("created_at");
        notification.HasIndex(n => new { n.UserId, n.Id }).HasDatabaseName("ix_notifications_user_id_id");
    }

    private static void MapContact(EntityTypeBuilder<Contact> contact)
    {
        contact.ToTable("contacts");
        contact.HasKey(c => c.UserId).HasName("pk_contacts");
        contact.Property(c => c.UserId).HasColumnName("user_id").HasMaxLength(UserIdLength);
        contact.Property(c => c.Username).HasColumnName("username").HasMaxLength(64);
        contact.Property(c => c.Email).HasColumnName("email").HasMaxLength(254);
    }

    private static void MapOptOut(EntityTypeBuilder<OptOut> optOut)
    {
        optOut.ToTable("opt_outs");
        optOut.HasKey(o => new { o.UserId, o.Channel, o.Type }).HasName("pk_opt_outs");
        optOut.Property(o => o.UserId).HasColumnName("user_id").HasMaxLength(UserIdLength);
        optOut.Property(o => o.Channel).HasColumnName("channel").HasConversion<string>().HasMaxLength(16);
        optOut.Property(o => o.Type).HasColumnName("type").HasConversion<string>().HasMaxLength(TypeLength);
    }

    private static void MapWebhook(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.HasKey(w => w.Id).HasName("pk_webhooks");
        webhook.Property(w => w.Id).HasColumnName("id").ValueGeneratedNever();
        webhook.Property(w => w.UserId).HasColumnName("user_id").HasMaxLength(UserIdLength);
        webhook.Property(w => w.Url).HasColumnName("url").HasMaxLength(2000);
        webhook.Property(w => w.Secret).HasColumnName("secret").HasMaxLength(200);
        webhook.PrimitiveCollection(w => w.Types).HasColumnName("types").ElementType().HasConversion<string>();
        webhook.Property(w => w.CreatedAt).HasColumnName("created_at");
        webhook.HasIndex(w => w.UserId).HasDatabaseName("ix_webhooks_user_id");
    }

    private static void MapDelivery(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.HasKey(d => d.Id).HasName("pk_deliveries");
        delivery.Property(d => d.Id).HasColumnName("id").ValueGeneratedNever();
        delivery.Property(d => d.NotificationId).HasColumnName("notification_id");
        delivery.Property(d => d.WebhookId).HasColumnName("webhook_id");
        delivery.Property(d => d.Recipient).HasColumnName("recipient").HasMaxLength(254);
        delivery.Property(d => d.Link).HasColumnName("link").HasMaxLength(2000);
        delivery.Property(d => d.State).HasColumnName("state").HasConversion<string>().HasMaxLength(16);
        delivery.Property(d => d.Attempts).HasColumnName("attempts").HasDefaultValue(0);
        delivery.Property(d => d.DueAt).HasColumnName("due_at");
        delivery.Property(d => d.GivesUpAt).HasColumnName("gives_up_at");
        delivery.Property(d => d.Error).HasColumnName("error").HasMaxLength(500);
        delivery.Property(d => d.CreatedAt).HasColumnName("created_at");
        delivery.Property(d => d.SettledAt).HasColumnName("settled_at");
        // Once by e-mail and once to each webhook, whoever inserts it.
        delivery.HasIndex(d => new { d.NotificationId, d.WebhookId }).IsUnique().AreNullsDistinct(false)
            .HasDatabaseName("ux_deliveries_notification_id_webhook_id");
        delivery.HasIndex(d => d.DueAt).HasDatabaseName("ix_deliveries_due").HasFilter("due_at is not null");
        delivery.HasIndex(d => new { d.CreatedAt, d.Id }, "ix_deliveries_created_at_id");
        delivery.HasIndex(d => new { d.CreatedAt, d.Id }, "ix_deliveries_dead").HasFilter("state = 'Dead'");
        delivery.HasIndex(d => d.SettledAt).HasDatabaseName("ix_deliveries_settled_at").HasFilter("state in ('Sent', 'Skipped')");
        delivery.HasIndex(d => d.WebhookId).HasDatabaseName("ix_deliveries_webhook_id").HasFilter("webhook_id is not null");
        delivery.HasOne<Notification>().WithMany().HasForeignKey(d => d.NotificationId)
            .HasConstraintName("fk_deliveries_notifications").OnDelete(DeleteBehavior.Cascade);
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId)
            .HasConstraintName("fk_deliveries_webhooks").OnDelete(DeleteBehavior.Cascade);
    }

    private static void MapSentMessage(EntityTypeBuilder<SentMessage> message)
    {
        message.ToTable("sent_messages");
        message.HasKey(m => new { m.SenderId, m.Key }).HasName("pk_sent_messages");
        message.Property(m => m.SenderId).HasColumnName("sender_id").HasMaxLength(UserIdLength);
        message.Property(m => m.Key).HasColumnName("key").HasMaxLength(200);
        message.Property(m => m.RequestHash).HasColumnName("request_hash");
        message.Property(m => m.NotificationId).HasColumnName("notification_id");
        message.Property(m => m.CreatedAt).HasColumnName("created_at");
        message.HasIndex(m => m.CreatedAt).HasMethod("brin").HasDatabaseName("ix_sent_messages_created_at");
    }
}
