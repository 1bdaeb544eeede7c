using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ShopFlow.Messaging;

/// <summary>
/// Wakes the relay on NOTIFY: from another replica's relay that finds more than a batch and asks for help, and from whoever puts
/// rows into the outbox by SQL.
/// </summary>
internal sealed class OutboxListener<TContext>(
    IServiceScopeFactory scopes, OutboxSignal signal, MessagingOptions options, TimeProvider time, ILogger<OutboxListener<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan LifeSign = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("outbox listener");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The relay goes on, woken by its own process and by its timer.
                logger.LogDebug(e, "Not listening to the database; trying again");
                await Task.Delay(options.ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        await database.OpenConnectionAsync(cancellationToken);

        var connection = (NpgsqlConnection)database.GetDbConnection();
        await ExecuteAsync(connection, $"listen {OutboxSignal.Channel}", cancellationToken);
        while (true)
        {
            if (await connection.WaitAsync(LifeSign, cancellationToken))
                signal.Set();
            else
                await ExecuteAsync(connection, "select 1", cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
