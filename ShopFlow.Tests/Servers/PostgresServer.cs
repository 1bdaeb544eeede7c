using Npgsql;
using ShopFlow.Tests.Servers;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ShopFlow.Tests.Servers;

/// <summary>One PostgreSQL for all tests, started by the first that asks. Each test class makes a database of its own.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly NativeServer server = new(RepositoryFiles.Path("ShopFlow.AppHost/Native/postgres.sh"));
    private readonly Lazy<Task> started;

    public PostgresServer() => started = new(StartAsync);

    /// <summary>Makes an empty database and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await started.Value;

        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public Task StartAsync() => server.StartAsync(AnswersAsync);

    public Task StopAsync() => server.StopAsync();

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        return server.DisposeAsync();
    }

    // All test classes share the server's 200 connections, so none keeps what it has stopped using.
    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={server.Port};Username=postgres;Password={server.Password};Database={database};" +
        "Maximum Pool Size=40;Connection Idle Lifetime=5;Connection Pruning Interval=2";

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
