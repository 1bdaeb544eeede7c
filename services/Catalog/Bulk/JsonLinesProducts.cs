using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ShopFlow.Catalog.Bulk;

/// <summary>Products from and to JSON Lines: one on each line, of the shape that POST /products takes, with a status.</summary>
internal sealed class JsonLinesProducts(JsonTypeInfo<BulkProduct> json) : IBulkFormat
{
    public string MediaType => "application/x-ndjson";

    public string Extension => "jsonl";

    public string Start => "";

    public async IAsyncEnumerable<ImportRow> ReadAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var records = new RecordReader(file, quoted: false);
        while (await records.ReadAsync(cancellationToken) is { } record)
            yield return record.Error is null ? Parse(record) : ImportRow.Wrong(record.Line, "", record.Error);
    }

    public string FieldOf(BulkProduct product, string field) => field;

    public void Append(StringBuilder file, BulkProduct product) => file.Append(JsonSerializer.Serialize(product, json)).Append('\n');

    private ImportRow Parse(FileRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Text, json) is { } product
                ? new(record.Line, 1, product, [.. Enumerable.Repeat(record.Line, product.Variants?.Count ?? 0)], [])
                : ImportRow.Wrong(record.Line, "", "must be an object");
        }
        catch (JsonException exception)
        {
            var field = exception.Path?.TrimStart('$').TrimStart('.') ?? "";
            return ImportRow.Wrong(record.Line, field, field is "" ? "is not valid JSON of a product" : "has the wrong type or value");
        }
    }
}
