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

    // A service has fewer statements than this. Each is parsed and planned once for a connection, from its fifth use on.
    private const int MaxPreparedStatements = 100;

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
                settings.ConnectionString = WithPoolSettings(settings.ConnectionString);
            },
            configureOptions);

        builder.Services.AddSingleton<DatabaseMigration<TContext>>();
        builder.Services.AddSingleton<IDatabaseMigration>(services => services.GetRequiredService<DatabaseMigration<TContext>>());
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseMigration<TContext>>());
    }

    internal static string? WithPoolSettings(string? connectionString)
    {
        if (string.IsNullOrEmpty(connectionString))
            return connectionString;

        var pool = new NpgsqlConnectionStringBuilder(connectionString);
        if (!pool.ShouldSerialize("Maximum Pool Size"))
            pool.MaxPoolSize = MaxPoolSize;
        if (!pool.ShouldSerialize("Max Auto Prepare"))
            pool.MaxAutoPrepare = MaxPreparedStatements;

        // Nothing is set on a session that its next user must not find, so there is nothing to discard.
        pool.NoResetOnClose = true;
        return pool.ConnectionString;
    }
}
