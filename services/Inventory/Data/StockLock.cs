using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Inventory.Data;

internal static class StockLock
{
    private const long Key = 0x53_74_6F_63_6B;

    /// <summary>
    /// Until the transaction ends nobody else changes more than one SKU. A transaction serves many orders, which touch the same SKUs
    /// in any order: taking turns costs less than waiting for each other's rows, and nobody can wait in a circle.
    /// </summary>
    public static Task LockStockAsync(this InventoryDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Key})", cancellationToken);
}
