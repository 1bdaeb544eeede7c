using Microsoft.EntityFrameworkCore;
using ShopFlow.Messaging;

namespace ShopFlow.Tests.Messaging;

internal sealed class EffectsDbContext(DbContextOptions<EffectsDbContext> options) : DbContext(options)
{
    public DbSet<Effect> Effects => Set<Effect>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Effect>().ToTable("effects");
    }
}
