namespace ShopFlow.Search.Querying;

/// <summary>In major units, both ends included, as <c>minPrice</c> and <c>maxPrice</c> take them; the last range has no end.</summary>
internal sealed record PriceRangeCount(decimal From, decimal? To, int Count);
