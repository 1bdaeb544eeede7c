using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Products;
using ShopFlow.ServiceDefaults;

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

    /// <summary>
    /// Saves and commits an edit of <paramref name="products"/> with its generation, which this replica knows before the answer is
    /// sent. Joins the current transaction if there is one.
    /// </summary>
    public static async Task CommitEditAsync(
        this CatalogDbContext db, CatalogGeneration generation, Guid[] products, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction ?? await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.RefreshLowestPricesAsync(products, cancellationToken);
        var made = await db.AnnounceProductsChangeAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        generation.Heard(made);
    }
}
