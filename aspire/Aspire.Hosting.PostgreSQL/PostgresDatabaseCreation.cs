using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aspire.Hosting;

/// <summary>Creates the databases of the model on a server that has just become healthy.</summary>
internal static class PostgresDatabaseCreation
{
    public static async Task CreateAllAsync(
        PostgresServerResource server,
        string connectionString,
        IServiceProvider services,
        CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(PostgresConnections.Scope(connectionString, "postgres"));
        await connection.OpenAsync(cancellationToken);

        var model = services.GetRequiredService<DistributedApplicationModel>();
        var loggers = services.GetRequiredService<ResourceLoggerService>();

        foreach (var database in model.Resources.OfType<PostgresDatabaseResource>().Where(database => database.Parent == server))
        {
            await CreateAsync(connection, database, loggers.GetLogger(server), cancellationToken);
        }
    }

    private static async Task CreateAsync(
        NpgsqlConnection connection,
        PostgresDatabaseResource database,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var script = database.TryGetLastAnnotation<PostgresCreateDatabaseScriptAnnotation>(out var annotation)
            ? annotation.Script
            : $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName)}";

        try
        {
            await using var command = new NpgsqlCommand(script, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            logger.LogInformation("Database '{DatabaseName}' created.", database.DatabaseName);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            logger.LogDebug("Database '{DatabaseName}' is there already.", database.DatabaseName);
        }
        catch (NpgsqlException exception)
        {
            // The database's own health check goes on telling that it is missing.
            logger.LogError(exception, "Failed to create database '{DatabaseName}'", database.DatabaseName);
        }
    }
}
