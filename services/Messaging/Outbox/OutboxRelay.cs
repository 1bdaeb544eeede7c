using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ShopFlow.Messaging;

/// <summary>
/// Moves events from the outbox to the broker: claims a batch, sends it, waits for the confirms, deletes it, commits. A crash
/// anywhere leaves the rows in the table and they are sent again, so delivery is at least once. Replicas relay side by side,
/// so events, even of one order, may overtake each other.
/// </summary>
internal sealed class OutboxRelay<TContext>(
    IServiceScopeFactory scopes,
    OutboxSender sender,
    OutboxSignal signal,
    MessagingOptions options,
    TimeProvider time,
    ILogger<OutboxRelay<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private readonly OutageLog outages = new(logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("outbox relay");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stoppingToken);
                outages.Recovered("The outbox is relayed again");
                await signal.WaitAsync(options.PollInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                outages.Failed("Events wait in the outbox", e);
                await Task.Delay(options.ReconnectDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        // Rows are claimed only when there is somewhere to send them.
        await sender.OpenAsync(cancellationToken);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        while (await RelayBatchAsync(db, cancellationToken))
        {
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> RelayBatchAsync(TContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();

        var rows = await OutboxTable.ClaimAsync(connection, options.BatchSize, time.GetUtcNow(), cancellationToken);
        if (rows.Count == 0)
            return false;

        // What the broker has confirmed is deleted even if the service stops meanwhile; otherwise it would be sent twice.
        var results = await sender.SendAsync(rows, cancellationToken);
        var more = rows.Count == options.BatchSize;
        await OutboxTable.SettleAsync(connection, results.Sent, results.Held, callOthers: more, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);

        results.ThrowIfFailed();
        return more;
    }
}
