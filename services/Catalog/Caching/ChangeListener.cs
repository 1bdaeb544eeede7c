using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Caching;

/// <summary>Hears of new generations by LISTEN, at once. What it misses, <see cref="ChangePoll"/> finds.</summary>
internal sealed class ChangeListener(IServiceScopeFactory scopes, CatalogGeneration generation, TimeProvider time, ILogger<ChangeListener> log)
    : BackgroundService
{
    public const string Channel = "catalog_changed";

    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning("Not hearing of catalogue changes, only polling for them: {Reason}", exception.Message);
                await Task.Delay(ReconnectDelay, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString());
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await connection.OpenAsync(cancellationToken);

        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private void Hear(string payload)
    {
        if (Generation.TryParse(payload, out var heard))
            generation.Heard(heard);
    }

    /// <summary>A connection of its own, outside the pool; the keep-alive notices a server that went away without a word.</summary>
    private string ConnectionString()
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<CatalogDbContext>().Database;
        return new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Pooling = false, KeepAlive = 15 }.ConnectionString;
    }
}
