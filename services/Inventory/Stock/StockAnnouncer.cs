using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Messaging;

namespace ShopFlow.Inventory.Stock;

/// <summary>
/// Publishes changed levels. Not order by order: a SKU that sells two hundred times a second is news five times a second, and
/// selling does not pay for telling.
/// </summary>
internal sealed class StockAnnouncer(
    IServiceScopeFactory scopes, StockChanges changes, InventoryOptions options, TimeProvider time, ILogger<StockAnnouncer> logger)
    : BackgroundService
{
    private const int BatchSize = 200;

    // The share lock waits for whoever is changing the row, so that the revision told is one that is committed, and the newest.
    private const string Announce = """
        with moved as materialized (
            select sku, available, revision from stock
            where sku = any(@skus)
            order by sku
            for share
        ),
        told as (
            insert into stock_announcements as a (sku, revision)
            select sku, revision from moved
            on conflict (sku) do update set revision = excluded.revision
            where a.revision < excluded.revision
            returning a.sku
        )
        select sku, available, revision from moved join told using (sku)
        """;

    private const string Unannounced = """
        select s.sku from stock s
        left join stock_announcements a using (sku)
        where a.revision is null or a.revision < s.revision
        order by s.sku
        limit @batch_size
        """;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            RepeatAsync(AnnounceMarkedAsync, stoppingToken),
            RepeatAsync(AnnounceForgottenAsync, stoppingToken));

    /// <summary>Publishes the levels of those SKUs that have a newer revision than the one last published.</summary>
    public async Task<int> AnnounceAsync(string[] skus, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InventoryDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        var levels = await db.QueryAsync(
            Announce, [new("skus", skus)], row => new StockLevel(row.GetString(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken);
        if (levels.Count > 0)
        {
            db.Publish(new StockLevelsChanged(levels));
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return levels.Count;
    }

    private async Task AnnounceMarkedAsync(CancellationToken cancellationToken)
    {
        await changes.WaitAsync(cancellationToken);
        await Task.Delay(options.AnnouncementDelay, time, cancellationToken);
        await AnnounceAsync(changes.Take(BatchSize), cancellationToken);
    }

    // What a crash left unsaid between the change and its announcement.
    private async Task AnnounceForgottenAsync(CancellationToken cancellationToken)
    {
        string[] skus;
        do
        {
            skus = await UnannouncedAsync(cancellationToken);
            await AnnounceAsync(skus, cancellationToken);
        }
        while (skus.Length == BatchSize);
        await Task.Delay(options.AnnouncementSweepInterval, time, cancellationToken);
    }

    private async Task<string[]> UnannouncedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InventoryDbContext>();
        NpgsqlParameter[] parameters = [new("batch_size", BatchSize)];
        return [.. await db.QueryAsync(Unannounced, parameters, row => row.GetString(0), cancellationToken)];
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await step(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogError(e, "Stock levels could not be published; trying again");
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken);
            }
        }
    }
}
