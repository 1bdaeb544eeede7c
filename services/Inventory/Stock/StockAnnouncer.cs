using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Inventory.Data;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

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

    // Whoever is changing the rows is waited for, so that the revisions told are committed, and the newest.
    private const string Announce = """
        with moved as materialized (
            select sku, available, revision from stock
            where sku = any(@skus)
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

    // Told when a SKU becomes low, and again only after it was above its threshold.
    private const string BecomeLow = """
        with level as materialized (
            select sku, available, coalesce(low_threshold, @usual) as threshold from stock where sku = any(@skus)
        ),
        turned as (
            update stock_announcements a
            set is_low = not a.is_low
            from level
            where a.sku = level.sku and a.is_low <> (level.available <= level.threshold)
            returning a.sku, a.is_low
        )
        select sku, available, threshold from level join turned using (sku) where is_low
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

        await db.LockStockAsync(cancellationToken);
        var levels = await db.QueryAsync(
            Announce, [new("skus", skus)], row => new StockLevel(row.GetString(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken);
        if (levels.Count > 0)
        {
            db.Publish(new StockLevelsChanged(levels));
            foreach (var low in await LowAsync(db, levels, cancellationToken))
                db.Publish(low);

            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return levels.Count;
    }

    private Task<List<StockLow>> LowAsync(InventoryDbContext db, IEnumerable<StockLevel> levels, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [new("skus", levels.Select(level => level.Sku).ToArray()), new("usual", options.LowThreshold)];
        return db.QueryAsync(BecomeLow, parameters, row => new StockLow(row.GetString(0), row.GetInt32(1), row.GetInt32(2)), cancellationToken);
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
