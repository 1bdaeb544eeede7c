using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>An order of results, by a number, then by a text, then by id. Lower comes first.</summary>
/// <param name="Name">As the parameter <c>sort</c> says it.</param>
/// <param name="NumberOf">Where a document stands, given its score and its lowest price.</param>
internal sealed record SearchSort(string Name, Func<float, long, double> NumberOf)
{
    public static readonly SearchSort Relevance = new("relevance", (score, _) => -score);

    private static readonly SearchSort[] All =
    [
        Relevance,
        new("newest", (_, _) => 0) { IsDescendingById = true },
        new("name", (_, _) => 0) { IsByName = true },
        new("price-asc", (_, price) => price),
        new("price-desc", (_, price) => -price),
    ];

    public static string Names { get; } = string.Join(", ", All.Select(sort => sort.Name));

    /// <summary>Names compare by code point, without case.</summary>
    public bool IsByName { get; private init; }

    /// <summary>Ids are UUIDv7, so they grow with time.</summary>
    public bool IsDescendingById { get; private init; }

    /// <summary>Null when there is no sort of that name.</summary>
    public static SearchSort? Find(string? name) => string.IsNullOrEmpty(name) ? Relevance : Array.Find(All, sort => sort.Name == name);

    public SortKey KeyOf(IndexedDocument document, double number) => new(number, IsByName ? document.Name : "", document.Id, IsDescendingById);
}
