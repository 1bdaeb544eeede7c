namespace ShopFlow.Catalog.Bulk;

/// <summary>A product read from a file, or what is wrong with it.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Rows">How many rows of the file it takes.</param>
/// <param name="VariantLines">The line of each variant.</param>
internal sealed record ImportRow(int Line, int Rows, BulkProduct? Product, IReadOnlyList<int> VariantLines, IReadOnlyList<RowError> Errors)
{
    public static ImportRow Wrong(int line, string field, string message) => new(line, 1, null, [], [new(line, field, message)]);
}
