using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using ShopFlow.ServiceDefaults.Database;

namespace ShopFlow.ServiceDefaults;

/// <summary>Registers a service's own database.</summary>
public static class PostgresExtensions
{
    // Ten processes share a server of 200 connections; more than this many at once would only queue inside PostgreSQL.
    private const int MaxPoolSize = 18;

    /// <summary>
    /// Adds <typeparamref name="TContext"/> on the database <paramref name="connectionName"/>, and migrates it before the service starts.
    /// Commands are not retried on their own, so that explicit transactions can be used.
    /// </summary>
    public static void AddPostgres<TContext>(
        this IHostApplicationBuilder builder, string connectionName, Action<DbContextOptionsBuilder>? configureOptions = null)
        where TContext : DbContext
    {
        builder.AddNpgsqlDbContext<TContext>(
            connectionName,
            settings =>
            {
                settings.DisableRetry = true;
                settings.ConnectionString = WithBoundedPool(settings.ConnectionString);
            },
            configureOptions);

        builder.Services.AddSingleton<DatabaseMigration<TContext>>();
        builder.Services.AddSingleton<IDatabaseMigration>(services => services.GetRequiredService<DatabaseMigration<TContext>>());
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseMigration<TContext>>());
    }

    private static string? WithBoundedPool(string? connectionString)
    {
        if (string.IsNullOrEmpty(connectionString))
            return connectionString;

        var pool = new NpgsqlConnectionStringBuilder(connectionString);
        if (!pool.ContainsKey("Maximum Pool Size"))
            pool.MaxPoolSize = MaxPoolSize;
        return pool.ConnectionString;
    }
}
