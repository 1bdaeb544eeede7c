using System.Runtime.CompilerServices;
using ShopFlow.Catalog.Data;
using ShopFlow.Catalog.Editing;

namespace ShopFlow.Catalog.Bulk;

/// <summary>Checks each product of a file as a form is checked, and says what the file calls the wrong fields.</summary>
internal static class ImportRules
{
    public static async IAsyncEnumerable<ImportRow> CheckedAsync(
        this IAsyncEnumerable<ImportRow> file, IBulkFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in file.WithCancellation(cancellationToken))
            yield return row.Product is { } product ? row with { Errors = [.. row.Errors, .. Check(row, product, format)] } : row;
    }

    /// <summary>Of a checked product: active, unless the file says otherwise.</summary>
    public static ProductStatus StatusOf(BulkProduct product) =>
        product.Status is null ? ProductStatus.Active : Enum.Parse<ProductStatus>(product.Status, ignoreCase: true);

    private static IEnumerable<RowError> Check(ImportRow row, BulkProduct product, IBulkFormat format)
    {
        var validator = product.Check();
        validator.Check(
            product.Status is null || Enum.GetNames<ProductStatus>().Contains(product.Status, StringComparer.OrdinalIgnoreCase),
            "status",
            $"must be {string.Join(" or ", Enum.GetNames<ProductStatus>())}");

        return (validator.Problem?.ProblemDetails.Errors ?? new Dictionary<string, string[]>())
            .SelectMany(error => error.Value.Select(message => new RowError(LineOf(row, error.Key), format.FieldOf(product, error.Key), message)));
    }

    private static int LineOf(ImportRow row, string field)
    {
        var digits = field.StartsWith("variants[", StringComparison.Ordinal) ? field["variants[".Length..field.IndexOf(']')] : null;
        return int.TryParse(digits, out var variant) && variant < row.VariantLines.Count ? row.VariantLines[variant] : row.Line;
    }
}
