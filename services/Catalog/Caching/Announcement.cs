using ShopFlow.Catalog.Data;

namespace ShopFlow.Catalog.Caching;

internal static class Announcement
{
    /// <summary>
    /// Makes a generation of what the current transaction changed. It is the transaction's last statement: others that make one
    /// wait until the commit, so that numbers grow in commit order.
    /// </summary>
    public static async Task<Generation> AnnounceProductsChangeAsync(this CatalogDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync("SELECT announce_products_change()", [], row => row.GetInt64(0), cancellationToken);
        return new(rows[0], rows[0]);
    }

    /// <summary>Saves and commits an edit with its generation, which this replica knows before the answer is sent.</summary>
    public static async Task CommitEditAsync(this CatalogDbContext db, CatalogGeneration generation, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var made = await db.AnnounceProductsChangeAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        generation.Heard(made);
    }
}
