using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using ShopFlow.Catalog.Editing;

namespace ShopFlow.Catalog.Bulk;

/// <summary>Products from and to CSV, see <see cref="CsvColumns"/>.</summary>
internal sealed partial class CsvProducts : IBulkFormat
{
    public string MediaType => "text/csv";

    public string Extension => "csv";

    public string Start => $"{string.Join(',', CsvColumns.All)}\r\n";

    public async IAsyncEnumerable<ImportRow> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new RecordReader(file, quoted: true);
        if (await records.ReadAsync(cancellationToken) is not { } first)
            yield break;

        var header = new CsvHeader(first.Line, first.Error is null ? CsvFields.Parse(first.Text) : []);
        if (header.Errors is not [])
        {
            yield return new(first.Line, 1, null, [], header.Errors);
            yield break;
        }

        var group = new List<CsvRow>();
        while (await records.ReadAsync(cancellationToken) is { } record)
        {
            if (CsvRow.TryRead(record, header, out var row) is { } error)
            {
                yield return new(record.Line, 1, null, [], [error]);
                continue;
            }

            if (group is [var leader, ..] && (leader["slug"] != row!["slug"] || group.Count > ProductFormRules.MostVariants))
            {
                yield return ToProduct(group);
                group.Clear();
            }

            group.Add(row!);
        }

        if (group is not [])
            yield return ToProduct(group);
    }

    public string FieldOf(BulkProduct product, string field)
    {
        var match = VariantField.Match(field);
        if (!match.Success)
            return field.StartsWith("options", StringComparison.Ordinal) ? CsvColumns.OptionName(1) : field;

        if (match.Groups["price"].Success)
        {
            var prices = product.Variants![int.Parse(match.Groups["variant"].Value, CultureInfo.InvariantCulture)].Prices!;
            return prices[int.Parse(match.Groups["price"].Value, CultureInfo.InvariantCulture)].Currency!;
        }

        return match.Groups["rest"].Value is "options" ? CsvColumns.OptionValue(1) : match.Groups["rest"].Value;
    }

    public void Append(StringBuilder file, BulkProduct product)
    {
        foreach (var variant in product.Variants!)
        {
            foreach (var column in CsvColumns.All)
            {
                CsvFields.Append(file, Field(product, variant, column));
                file.Append(column == CsvColumns.All[^1] ? "\r\n" : ",");
            }
        }
    }

    private static ImportRow ToProduct(List<CsvRow> rows)
    {
        var first = rows[0];
        var errors = rows
            .SelectMany(row => CsvColumns.OfProduct.Concat(OptionNames)
                .Where(column => row[column] != first[column])
                .Select(column => new RowError(row.Line, column, $"must be the same as on line {first.Line}, which is of the same product")))
            .ToList();

        string[] options = [.. OptionNames.Select(column => first[column]).TakeWhile(name => name is not "")];
        var product = new BulkProduct(
            first["slug"], first["name"], first["brand"], first["description"], first["category"], first["taxClass"],
            first["status"] is "" ? null : first["status"], options, [.. rows.Select(row => row.ToVariant(options))]);
        return new(first.Line, rows.Count, product, [.. rows.Select(row => row.Line)], errors);
    }

    private static IEnumerable<string> OptionNames => Enumerable.Range(1, CsvColumns.MostOptions).Select(CsvColumns.OptionName);

    private static string Field(BulkProduct product, VariantForm variant, string column) => column switch
    {
        "slug" => product.Slug!,
        "name" => product.Name!,
        "brand" => product.Brand!,
        "description" => product.Description!,
        "category" => product.Category!,
        "taxClass" => product.TaxClass!,
        "status" => product.Status!,
        "sku" => variant.Sku!,
        "weight" => variant.Weight!.Value.ToString(CultureInfo.InvariantCulture),
        ['o', .., var number] => product.Options!.ElementAtOrDefault(number - '1') ?? "",
        ['v', .., var number] => product.Options!.ElementAtOrDefault(number - '1') is { } option ? variant.Options![option] : "",
        _ => variant.Prices!.Single(price => price.Currency == column).Amount!.Value.ToString(CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^variants\[(?<variant>\d+)\]\.?(?<rest>prices\[(?<price>\d+)\].*|.*)$")]
    private static partial Regex VariantField { get; }
}
