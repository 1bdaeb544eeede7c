using System.Globalization;
using System.Text;

namespace ShopFlow.Inventory.Data;

/// <summary>The stock that the shop opens with, from <c>stock.csv</c>. A migration puts it into the database, so it happens once, and at once.</summary>
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

    public static string InsertStatement()
    {
        var sql = new StringBuilder("insert into stock (sku, initial, available, updated_at)\nvalues");
        var separator = "\n    ";
        foreach (var (sku, quantity) in Read())
        {
            sql.Append(CultureInfo.InvariantCulture, $"{separator}('{sku.Replace("'", "''")}', {quantity}, {quantity}, now())");
            separator = ",\n    ";
        }

        return sql.Append("\non conflict (sku) do nothing;").ToString();
    }
}
