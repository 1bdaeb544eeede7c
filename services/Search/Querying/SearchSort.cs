using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>An order of results; ties are broken by id.</summary>
/// <param name="Name">As the parameter <c>sort</c> says it.</param>
/// <param name="KeyOf">Where a document stands, given its score and the number of the currency. Lower comes first.</param>
/// <param name="IsDescendingById">Whether of two that stand in the same place the one with the higher id comes first.</param>
internal sealed record SearchSort(string Name, Func<IndexedDocument, float, int, SortKey> KeyOf, bool IsDescendingById = false)
{
    public static readonly SearchSort Relevance = new("relevance", (document, score, _) => new(-score, "", document.Id));

    /// <summary>Names compare by code point, without case. Ids are UUIDv7, so they grow with time.</summary>
    private static readonly SearchSort[] All =
    [
        Relevance,
        new("newest", (document, _, _) => new(0, "", document.Id, IsDescending: true), IsDescendingById: true),
        new("name", (document, _, _) => new(0, document.Name, document.Id)),
        new("price-asc", (document, _, currency) => new(document.LowestPrices[currency], "", document.Id)),
        new("price-desc", (document, _, currency) => new(-document.LowestPrices[currency], "", document.Id)),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(sort => sort.Name));

    /// <summary>Null when there is no sort of that name.</summary>
    public static SearchSort? Find(string? name) => string.IsNullOrEmpty(name) ? Relevance : Array.Find(All, sort => sort.Name == name);
}
