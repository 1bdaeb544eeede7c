namespace ShopFlow.Search.Querying;

/// <summary>
/// How many results each choice would give, the other filters left as they are. <c>InStock</c> counts those of which a variant can be bought.
/// </summary>
internal sealed record SearchFacets(
    IReadOnlyList<CategoryCount> Categories,
    IReadOnlyList<ValueCount> Brands,
    IReadOnlyList<OptionCounts> Options,
    IReadOnlyList<PriceRangeCount> Prices,
    int InStock);
