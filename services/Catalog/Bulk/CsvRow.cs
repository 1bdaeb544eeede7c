using System.Globalization;
using ShopFlow.Catalog.Editing;

namespace ShopFlow.Catalog.Bulk;

/// <summary>A row of a CSV file: a variant, with its product's columns.</summary>
internal sealed class CsvRow
{
    private readonly CsvHeader _header;
    private readonly List<string> _fields;

    private CsvRow(int line, CsvHeader header, List<string> fields) => (Line, _header, _fields) = (line, header, fields);

    public int Line { get; }

    /// <summary>Empty when the file has no such column.</summary>
    public string this[string column] => _header.Read(_fields, column) ?? "";

    /// <summary>What is wrong with the record, or null and the row.</summary>
    public static RowError? TryRead(FileRecord record, CsvHeader header, out CsvRow? row)
    {
        row = null;
        if (record.Error is { } error)
            return new(record.Line, "", error);

        if (CsvFields.Parse(record.Text) is not { } fields)
            return new(record.Line, "", "has a quotation mark inside a field");

        if (fields.Count != header.Count)
            return new(record.Line, "", $"has {fields.Count} fields where the header has {header.Count}");

        row = new(record.Line, header, fields);
        return null;
    }

    /// <summary>A number that isn't one is left out, and the rules for products then say what it must be.</summary>
    public VariantForm ToVariant(string[] options)
    {
        var values = options.Select((name, i) => KeyValuePair.Create(name, this[CsvColumns.OptionValue(i + 1)])).DistinctBy(option => option.Key);
        var weight = int.TryParse(this["weight"], NumberStyles.None, CultureInfo.InvariantCulture, out var grams) ? grams : (int?)null;
        return new(this["sku"], new Dictionary<string, string>(values), weight, [.. CsvColumns.Currency.Select(Price)]);
    }

    private PriceForm Price(string currency) =>
        new(decimal.TryParse(this[currency], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null, currency);
}
