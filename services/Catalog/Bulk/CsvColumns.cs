namespace ShopFlow.Catalog.Bulk;

/// <summary>
/// The columns of a CSV file: a row for each variant, the product's columns the same in each of its rows, which follow each other.
/// Prices are in major units, in a column for each currency.
/// </summary>
internal static class CsvColumns
{
    public const int MostOptions = 3;

    public static readonly string[] OfProduct = ["slug", "name", "brand", "description", "category", "taxClass", "status"];

    public static readonly string[] Currency = ["USD", "EUR", "GBP", "INR", "JPY"];

    public static readonly string[] OfOptions =
        [.. Enumerable.Range(1, MostOptions).SelectMany(number => new[] { OptionName(number), OptionValue(number) })];

    public static readonly string[] All = [.. OfProduct, .. OfOptions, "sku", "weight", .. Currency];

    /// <summary>Those that a file may leave out.</summary>
    public static readonly string[] Optional = ["status", .. OfOptions];

    public static string OptionName(int number) => $"option{number}";

    public static string OptionValue(int number) => $"value{number}";
}
