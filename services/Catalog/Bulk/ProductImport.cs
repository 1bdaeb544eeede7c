using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ShopFlow.Catalog.Caching;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Products;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Bulk;

/// <summary>
/// Imports a file in one transaction: everything in it, or nothing. Products are created or replaced by slug; a product that the
/// file has as the catalogue has it isn't touched, so importing a file again does nothing.
/// </summary>
internal sealed class ProductImport(CatalogDbContext db, CatalogGeneration generation, TimeProvider time)
{
    public const int MostRows = 200_000;

    /// <summary>Any number, as long as nothing else in this database locks it.</summary>
    private const long ImportLock = 0x53_48_4F_50_49_4D_50_4F;

    private const int ProductsOfOneEvent = 500;

    // Fewer change too little for the planner to care, and autovacuum comes in a minute anyway.
    private const int ProductsWorthVacuum = 1000;

    private static readonly TimeSpan StatementLimit = TimeSpan.FromMinutes(5);

    /// <returns>The transaction, which the caller ends, with the rows read; null when another import is running.</returns>
    public async Task<(IDbContextTransaction Transaction, int Rows)?> StageAsync(Stream file, IBulkFormat format, CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(StatementLimit);
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isFree = await db.QueryAsync(
            "SELECT pg_try_advisory_xact_lock(@lock)", [new("lock", ImportLock)], row => row.GetBoolean(0), cancellationToken);
        if (isFree is [false])
        {
            await transaction.DisposeAsync();
            return null;
        }

        await ExecuteAsync(ImportStaging.CreateTables, cancellationToken);
        var staging = new ImportStaging((NpgsqlConnection)db.Database.GetDbConnection(), time);
        var products = format.ReadAsync(file, cancellationToken).CheckedAsync(format, cancellationToken);
        var rows = await staging.CopyAsync(products, MostRows, cancellationToken);

        await ExecuteAsync(ImportSql.Expand, cancellationToken);
        await ExecuteAsync(ImportSql.Check, cancellationToken);
        return (transaction, rows);
    }

    public async Task<int> CountErrorsAsync(CancellationToken cancellationToken) =>
        (await db.QueryAsync("SELECT count(DISTINCT line) FROM staged_errors", [], row => (int)row.GetInt64(0), cancellationToken))[0];

    /// <summary>Changes the catalogue as the file says, and publishes what changed; without errors, before the transaction is committed.</summary>
    public async Task<(ImportResult Result, Generation? Made)> ApplyAsync(int rows, bool dryRun, CancellationToken cancellationToken)
    {
        await ExecuteAsync(ImportSql.Compare, cancellationToken);
        await ExecuteAsync(ImportSql.Apply, cancellationToken, new NpgsqlParameter("now", time.GetUtcNow()));

        var counts = (await db.QueryAsync(
            ImportSql.Counts, [], row => (All: (int)row.GetInt64(0), New: (int)row.GetInt64(1), Updated: (int)row.GetInt64(2)), cancellationToken))[0];
        var result = new ImportResult(dryRun, rows, counts.All, counts.New, counts.Updated, counts.All - counts.New - counts.Updated);

        if (result.Created + result.Updated == 0)
            return (result, null);

        await TellAsync(cancellationToken);
        return (result, await db.AnnounceProductsChangeAsync(cancellationToken));
    }

    /// <summary>Shows the import to this replica, and after a large one has the tables ready for reading along their indexes alone.</summary>
    public async Task CommittedAsync(Generation made, ImportResult result, CancellationToken cancellationToken)
    {
        generation.Heard(made);
        if (result.Created + result.Updated >= ProductsWorthVacuum)
            await db.Database.ExecuteSqlAsync($"VACUUM (ANALYZE) products, variants, prices, lowest_prices", cancellationToken);
    }

    /// <summary>Every bad row, read as it is written.</summary>
    public async IAsyncEnumerable<RowError> ErrorsAsync()
    {
        await using var command = new NpgsqlCommand(ImportSql.Errors, (NpgsqlConnection)db.Database.GetDbConnection());
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2));
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        Guid? after = null;
        while (true)
        {
            var changed = await db.QueryAsync(
                ImportSql.Changed,
                [new("after", NpgsqlTypes.NpgsqlDbType.Uuid) { Value = (object?)after ?? DBNull.Value }, new("rows", ProductsOfOneEvent)],
                row => (Id: row.GetGuid(0), Skus: row.GetFieldValue<string[]>(1)),
                cancellationToken);
            if (changed is [])
                return;

            // Those before were saved; the last one stays tracked, which tells the relay of the commit.
            db.ChangeTracker.Clear();
            db.Publish(new ProductsChanged([.. changed.Select(product => product.Id.ToString())], [.. changed.SelectMany(product => product.Skus)]));
            await db.SaveChangesAsync(cancellationToken);
            await db.RefreshLowestPricesAsync([.. changed.Select(product => product.Id)], cancellationToken);
            after = changed[^1].Id;
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
        command.CommandTimeout = (int)StatementLimit.TotalSeconds;
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
