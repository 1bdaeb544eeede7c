using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;

namespace ShopFlow.Notifications.Data;

internal sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : DbContext(options)
{
    public DbSet<Notification> Notifications => Set<Notification>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Notification>(notification =>
        {
            notification.ToTable("notifications");
            notification.HasKey(n => n.Id).HasName("pk_notifications");
            notification.Property(n => n.Id).HasColumnName("id").ValueGeneratedNever();
            notification.Property(n => n.UserId).HasColumnName("user_id").HasMaxLength(64);
            notification.Property(n => n.Type).HasColumnName("type").HasConversion<string>().HasMaxLength(32);
            notification.Property(n => n.Subject).HasColumnName("subject").HasMaxLength(200);
            notification.Property(n => n.Body).HasColumnName("body");
            notification.Property(n => n.OrderId).HasColumnName("order_id");
            notification.Property(n => n.CreatedAt).HasColumnName("created_at");
            notification.HasIndex(n => new { n.UserId, n.Id }).HasDatabaseName("ix_notifications_user_id_id");
        });
    }
}
