using Microsoft.Net.Http.Headers;

namespace ShopFlow.Catalog.Bulk;

internal static class BulkFormats
{
    private static readonly IBulkFormat[] All = [new CsvProducts(), new JsonLinesProducts(CatalogJson.Default.BulkProduct)];

    public static string Extensions { get; } = string.Join(" or ", All.Select(format => format.Extension));

    public static string MediaTypes { get; } = string.Join(" or ", All.Select(format => format.MediaType));

    public static IBulkFormat? ByExtension(string? extension) => Array.Find(All, format => format.Extension == extension);

    /// <summary>Null when it is neither of these types, or not in UTF-8.</summary>
    public static IBulkFormat? ByContentType(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? Array.Find(All, format => type.MediaType.Equals(format.MediaType, StringComparison.OrdinalIgnoreCase))
            : null;
}
