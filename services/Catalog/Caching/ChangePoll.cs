using ShopFlow.Catalog.Data;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Caching;

/// <summary>
/// Makes a generation of the stock changes since the last one, and learns the newest generation even when its notification
/// was lost. The marks that it consumes commit with the stock levels, so a crash in between leaves nothing unsaid.
/// </summary>
internal sealed class ChangePoll(
    IServiceScopeFactory scopes, CatalogGeneration generation, ChangeBroadcast broadcast, TimeProvider time, ILogger<ChangePoll> log)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Marks are seen only when the levels they stand for are committed, so whoever reads the new number can read those levels.
    private const string Poll = """
        WITH marks AS (
            DELETE FROM stock_changes RETURNING levels
        ),
        advanced AS (
            UPDATE catalog_generation SET number = next_generation(number)
            WHERE EXISTS (SELECT FROM marks)
            RETURNING number, products
        ),
        told AS MATERIALIZED (
            SELECT number, products, pg_notify('catalog_changed', number || ' ' || products) FROM advanced
        )
        SELECT number, products FROM told
        UNION ALL
        SELECT number, products FROM catalog_generation WHERE NOT EXISTS (SELECT FROM told)
        """;

    private bool _isFailing;

    /// <summary>Asks once.</summary>
    public async Task PollAsync(CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CatalogDbContext>();
        var rows = await db.QueryAsync(Poll, [], row => new Generation(row.GetInt64(0), row.GetInt64(1)), cancellationToken);

        generation.Confirmed(rows[0], askedAt);
        broadcast.Beat(generation.Current);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var unrecorded = Unrecorded.Start("catalogue poll");
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await TryPollAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryPollAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PollAsync(cancellationToken);
            _isFailing = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (!_isFailing)
                log.LogWarning("The catalogue's generation can't be read, so answers are not cached: {Reason}", exception.Message);

            _isFailing = true;
        }
    }
}
