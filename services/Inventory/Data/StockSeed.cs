using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Inventory.Data;

/// <summary>
/// The stock that the shop opens with, from <c>stock.csv</c>. It runs under the lock of the migrations and leaves rows that exist
/// alone, so a second start or a second replica changes nothing.
/// </summary>
internal static class StockSeed
{
    public static IEnumerable<(string Sku, int Quantity)> Read()
    {
        using var file = typeof(StockSeed).Assembly.GetManifestResourceStream("stock.csv")
            ?? throw new InvalidOperationException("The resource stock.csv is missing from the assembly.");
        using var reader = new StreamReader(file);

        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var comma = line.LastIndexOf(',');
            yield return (line[..comma], int.Parse(line[(comma + 1)..], CultureInfo.InvariantCulture));
        }
    }

    public static async Task InsertAsync(DbContext db, bool changed, CancellationToken cancellationToken)
    {
        var rows = Read().ToList();
        var skus = rows.Select(row => row.Sku).ToArray();
        var quantities = rows.Select(row => row.Quantity).ToArray();

        await db.Database.ExecuteSqlAsync($"""
            insert into stock (sku, initial, available, updated_at)
            select sku, quantity, quantity, now() from unnest({skus}, {quantities}) as line (sku, quantity)
            order by sku
            on conflict (sku) do nothing
            """, cancellationToken);
    }
}
