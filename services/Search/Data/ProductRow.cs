namespace ShopFlow.Search.Data;

/// <summary>A product as the catalogue last told it: what every replica makes its index of.</summary>
internal sealed class ProductRow
{
    public required Guid ProductId { get; init; }

    /// <summary>A <see cref="Index.CatalogProduct"/>, as JSON.</summary>
    public required string Body { get; init; }

    /// <summary>The catalogue's time of the last change: an answer that was overtaken by a newer one is told by it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was last written here, changed or not.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The transaction that wrote it.</summary>
    public long ChangedIn { get; init; }
}
