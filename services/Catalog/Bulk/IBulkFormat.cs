using System.Text;

namespace ShopFlow.Catalog.Bulk;

/// <summary>A file format for products.</summary>
internal interface IBulkFormat
{
    string MediaType { get; }

    string Extension { get; }

    /// <summary>What a file begins with.</summary>
    string Start { get; }

    /// <summary>Product by product, so that a file of any length needs the memory of one.</summary>
    IAsyncEnumerable<ImportRow> ReadAsync(Stream file, CancellationToken cancellationToken);

    /// <summary>What the file calls a field of a form, such as <c>variants[1].sku</c>.</summary>
    string FieldOf(BulkProduct product, string field);

    void Append(StringBuilder file, BulkProduct product);
}
