using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Search.Data;
using ShopFlow.Search.Index;

namespace ShopFlow.Search.Following;

internal static class ProductRows
{
    /// <summary>Writes products as the catalogue told them, unless something newer about them is there.</summary>
    /// <param name="db">The database.</param>
    /// <param name="products">At least one, none of them twice.</param>
    /// <param name="since">What was written before is overwritten in any case; null for never.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task WriteAsync(
        this SearchDbContext db, IEnumerable<CatalogProduct> products, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        // In the order of the keys, so that two who write the same rows never wait for each other in a circle.
        var ordered = products.OrderBy(product => product.Id).ToList();
        var ids = ordered.ConvertAll(product => product.Id);
        var bodies = ordered.ConvertAll(product => JsonSerializer.Serialize(product, SearchJson.Default.CatalogProduct));
        var times = ordered.ConvertAll(product => product.UpdatedAt);

        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO products AS known (product_id, body, updated_at, written_at)
            SELECT id, body::json, updated_at, now() FROM unnest({ids}, {bodies}, {times}) AS told (id, body, updated_at)
            ON CONFLICT (product_id) DO UPDATE
            SET body = excluded.body, updated_at = excluded.updated_at, written_at = excluded.written_at, changed_in = excluded.changed_in
            WHERE known.updated_at <= excluded.updated_at OR known.written_at < {since}
            """,
            cancellationToken);
    }
}
