using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ShopFlow.ServiceDefaults.Database;

namespace ShopFlow.ServiceDefaults;

/// <summary>Registers a service's own database.</summary>
public static class PostgresExtensions
{
    /// <summary>
    /// Adds <typeparamref name="TContext"/> on the database <paramref name="connectionName"/>, and migrates it before the service starts.
    /// Commands are not retried on their own, so that explicit transactions can be used.
    /// </summary>
    public static void AddPostgres<TContext>(
        this IHostApplicationBuilder builder, string connectionName, Action<DbContextOptionsBuilder>? configureOptions = null)
        where TContext : DbContext
    {
        builder.AddNpgsqlDbContext<TContext>(connectionName, settings => settings.DisableRetry = true, configureOptions);

        builder.Services.AddSingleton<DatabaseMigration<TContext>>();
        builder.Services.AddSingleton<IDatabaseMigration>(services => services.GetRequiredService<DatabaseMigration<TContext>>());
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseMigration<TContext>>());
    }
}
