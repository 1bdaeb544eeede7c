namespace ShopFlow.Catalog.Products;

/// <summary>An order of the product list. Ties are broken by id, in the same direction, so that every place in a list is unique.</summary>
/// <param name="Name">As the parameter <c>sort</c> says it.</param>
/// <param name="Key">What is compared before the id, in SQL; null when the id alone decides. Ids are UUIDv7, so they grow with time.</param>
internal sealed record ProductSort(string Name, string? Key, bool IsDescending)
{
    /// <summary>In the order in which products were added, unless asked otherwise.</summary>
    public static readonly ProductSort Added = new("added", null, false);

    public static readonly ProductSort ByPrice = new("price-asc", "l.amount", false);

    public static readonly ProductSort ByPriceDescending = new("price-desc", "l.amount", true);

    /// <summary>Names compare by code point, without regard to the case of letters.</summary>
    private const string SortName = "lower(p.name) COLLATE \"C\"";

    public static readonly IReadOnlyList<ProductSort> All =
        [Added, new("newest", null, true), new("name", SortName, false), ByPrice, ByPriceDescending];

    public static string Names { get; } = string.Join(", ", All.Select(sort => sort.Name));

    public bool IsByPrice => this == ByPrice || this == ByPriceDescending;

    /// <summary>Null when there is no sort of that name.</summary>
    public static ProductSort? Find(string? name) =>
        string.IsNullOrEmpty(name) ? Added : All.FirstOrDefault(sort => sort.Name == name);
}
