using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Products;

namespace ShopFlow.Catalog.Pricing;

/// <summary>
/// Reads prices from the database, never from a cache: an answer contains every change that was committed before the question was
/// asked. Questions that wait at the same time share one statement, so under load most of them cost no round trip. A statement
/// begins, and its snapshot is taken, after each of its questions has arrived; that is why sharing makes nothing older.
/// </summary>
internal sealed class PriceReader(IConfiguration configuration) : BackgroundService
{
    /// <summary>Statements at a time, each on a connection of its own.</summary>
    private const int Lanes = 2;

    private const int MostQuestions = 64;
    private const int LongestQueue = 2000;
    private const int LimitSeconds = 2;

    // Indexes: pk_variants or ix_variants_product_id, pk_products, pk_prices, pk_stock_levels.
    private const string Read = """
        WITH asked AS (
            SELECT sku, product_id, position, option_values, weight_grams FROM variants WHERE sku = ANY($1)
            UNION
            SELECT sku, product_id, position, option_values, weight_grams FROM variants WHERE product_id = ANY($2) AND position = 0
        )
        SELECT v.sku, p.id, v.position, p.name, v.option_values, r.amount, r.currency, p.tax_class, v.weight_grams, coalesce(s.available, 0)
        FROM asked v
        JOIN products p ON p.id = v.product_id AND p.status = 0
        JOIN prices r ON r.sku = v.sku AND r.currency = ANY($3::char(3)[])
        LEFT JOIN stock_levels s ON s.sku = v.sku
        """;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(LongestQueue);

    /// <summary>Null when too many are waiting.</summary>
    public async Task<IReadOnlyList<VariantPrice>?> ReadAsync(PriceQuestion question, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(question, Activity.Current);
        return _waiting.Writer.TryWrite(waiting) ? await waiting.Answer.Task.WaitAsync(cancellationToken) : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Connections of its own, where the one statement stays prepared.
        await using var database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("catalogdb"))
            {
                MaxPoolSize = Lanes,
                MaxAutoPrepare = 4,
                AutoPrepareMinUsages = 2,
            });
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => AnswerAsync(database, stoppingToken)));
    }

    private async Task AnswerAsync(NpgsqlDataSource database, CancellationToken stoppingToken)
    {
        var shared = new List<Waiting>(MostQuestions);
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (shared.Count < MostQuestions && _waiting.Reader.TryRead(out var next))
                shared.Add(next);

            if (shared.Count > 0)
                await AnswerAsync(database, shared);

            shared.Clear();
        }
    }

    private static async Task AnswerAsync(NpgsqlDataSource database, List<Waiting> shared)
    {
        // The statement shows in the trace of the first who waited for it.
        Activity.Current = shared[0].Trace;
        try
        {
            var rows = (await ReadAsync(database, shared)).ToLookup(row => row.Price.Currency);
            foreach (var waiting in shared)
                waiting.Answer.TrySetResult(waiting.Pick(rows[waiting.Question.Currency!]));
        }
        catch (Exception exception)
        {
            foreach (var waiting in shared)
                waiting.Answer.TrySetException(exception);
        }
        finally
        {
            Activity.Current = null;
        }
    }

    private static async Task<List<Row>> ReadAsync(NpgsqlDataSource database, List<Waiting> shared)
    {
        await using var command = database.CreateCommand(Read);
        command.CommandTimeout = LimitSeconds;
        command.Parameters.Add(new() { Value = shared.SelectMany(waiting => waiting.Skus).Distinct().ToArray() });
        command.Parameters.Add(new() { Value = shared.SelectMany(waiting => waiting.ProductIds).Distinct().ToArray() });
        command.Parameters.Add(new() { Value = shared.Select(waiting => waiting.Question.Currency!).Distinct().ToArray() });
        await using var reader = await command.ExecuteReaderAsync();

        var rows = new List<Row>();
        while (await reader.ReadAsync())
            rows.Add(ReadRow(reader));

        return rows;
    }

    private static Row ReadRow(NpgsqlDataReader reader)
    {
        var productId = reader.GetGuid(1);
        var price = new VariantPrice(
            reader.GetString(0),
            productId.ToString("D"),
            NameOf(reader.GetString(3), reader.GetFieldValue<string[]>(4)),
            reader.GetInt64(5),
            reader.GetString(6),
            reader.GetString(7),
            reader.GetInt32(8),
            reader.GetInt32(9),
            ProductImages.UrlOf(productId));
        return new(price, productId, reader.GetInt32(2) == 0);
    }

    /// <summary>As an order line shows it: "Oxford Shirt, White / M".</summary>
    private static string NameOf(string product, string[] optionValues) =>
        optionValues is [] ? product : $"{product}, {Variant.NameOf(optionValues)}";

    private sealed record Row(VariantPrice Price, Guid ProductId, bool IsFirst);

    private sealed class Waiting(PriceQuestion question, Activity? trace)
    {
        public PriceQuestion Question => question;

        public Activity? Trace => trace;

        public HashSet<string> Skus { get; } = [.. question.Skus ?? []];

        public HashSet<Guid> ProductIds { get; } = [.. (question.ProductIds ?? []).Select(id => Guid.TryParse(id, out var known) ? known : Guid.Empty)];

        public TaskCompletionSource<IReadOnlyList<VariantPrice>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Those of the rows that this question asked for.</summary>
        public IReadOnlyList<VariantPrice> Pick(IEnumerable<Row> rows) =>
            [.. rows.Where(row => Skus.Contains(row.Price.Sku) || (row.IsFirst && ProductIds.Contains(row.ProductId))).Select(row => row.Price)];
    }
}
