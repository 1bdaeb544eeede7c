using System.Buffers;
using ShopFlow.Contracts;
using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>Counts the documents of each facet. Rented for one query.</summary>
internal sealed class FacetCounts : IDisposable
{
    private const int MostValues = 20;
    private const int MostOptions = 10;

    /// <summary>Where one range of prices ends and the next begins, in major units.</summary>
    private static readonly Dictionary<string, long[]> PriceEdges = new()
    {
        ["USD"] = [25, 50, 100, 200],
        ["EUR"] = [25, 50, 100, 200],
        ["GBP"] = [25, 50, 100, 200],
        ["INR"] = [2000, 4000, 8000, 16_000],
        ["JPY"] = [4000, 8000, 15_000, 30_000],
    };

    private readonly Facets _facets;
    private readonly DocumentColumns _columns;
    private readonly Filters _filters;
    private readonly string _currency;
    private readonly int _currencyIndex;
    private readonly long[] _edges;
    private readonly int[] _counts;
    private readonly int[] _prices;
    private int _inStock;

    public FacetCounts(SearchIndex index, Filters filters, string currency)
    {
        (_facets, _columns, _filters, _currency) = (index.Facets, index.Columns, filters, currency);
        _currencyIndex = SearchIndex.CurrencyIndex(currency);
        _edges = [.. PriceEdges[currency].Select(edge => Money.FromDecimal(edge, currency).MinorUnits)];
        _prices = new int[_edges.Length + 1];
        _counts = ArrayPool<int>.Shared.Rent(_facets.Count);
        Array.Clear(_counts, 0, _facets.Count);
    }

    /// <param name="document">One that matches the text.</param>
    /// <param name="failing">As <see cref="Filters.Failing"/> says it.</param>
    public void Count(int document, int failing)
    {
        if (failing < 0)
            return;

        foreach (var facet in _columns.FacetsOf(document))
        {
            if (failing == 0 || (_filters.BitOf(_facets[facet].Dimension) & failing) != 0)
                _counts[facet]++;
        }

        if (IsCounted(Filters.Price, failing))
            _prices[RangeOf(_columns.LowestPriceOf(document, _currencyIndex))]++;
        if (IsCounted(Filters.Stock, failing) && _columns.IsInStock(document))
            _inStock++;
    }

    public SearchFacets ToAnswer()
    {
        var byDimension = Enumerable.Range(0, _facets.Count)
            .Where(id => _counts[id] > 0)
            .Select(id => (Facet: _facets[id], Count: _counts[id]))
            .OrderByDescending(counted => counted.Count).ThenBy(counted => counted.Facet.Label, StringComparer.Ordinal)
            .ToLookup(counted => counted.Facet.Dimension);
        return new(
            [.. byDimension[Facet.Category].Select(counted => new CategoryCount(counted.Facet.Key, counted.Facet.Label, counted.Count))],
            ValuesOf(byDimension[Facet.Brand]),
            [
                .. byDimension
                    .Where(dimension => dimension.Key.StartsWith(Facet.OptionPrefix, StringComparison.Ordinal))
                    .OrderByDescending(dimension => dimension.Sum(counted => counted.Count))
                    .Take(MostOptions)
                    .Select(dimension => new OptionCounts(_facets.OptionOf(dimension.Key), ValuesOf(dimension))),
            ],
            [.. _prices.Select(RangeCount).Where(range => range.Count > 0)],
            _inStock);
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(_counts);

    private bool IsCounted(string dimension, int failing) => failing == 0 || (_filters.BitOf(dimension) & failing) != 0;

    private int RangeOf(long price)
    {
        var range = 0;
        while (range < _edges.Length && price >= _edges[range])
            range++;

        return range;
    }

    /// <summary>Ranges are told by the amounts that a filter takes, so the end is the last amount that is in it.</summary>
    private PriceRangeCount RangeCount(int count, int range) =>
        new(
            new Money(range == 0 ? 0 : _edges[range - 1], _currency).ToDecimal(),
            range == _edges.Length ? null : new Money(_edges[range] - 1, _currency).ToDecimal(),
            count);

    private static IReadOnlyList<ValueCount> ValuesOf(IEnumerable<(Facet Facet, int Count)> counted) =>
        [.. counted.Take(MostValues).Select(value => new ValueCount(value.Facet.Label, value.Count))];
}
