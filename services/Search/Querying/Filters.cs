using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>
/// The filters of a query, each with its bit. A facet counts what there would be without its own filter, so that a shopper sees what
/// another choice would give; for that <see cref="Failing"/> tells which single filters keep a document out.
/// </summary>
internal sealed class Filters
{
    public const string Price = "price";
    public const string Stock = "stock";

    /// <summary>More than one filter keeps it out.</summary>
    private const int Several = -1;

    private readonly SearchIndex _index;
    private readonly SearchQuery _query;
    private readonly int _currency;
    private readonly HashSet<int>? _categories;
    private readonly HashSet<int>? _brands;
    private readonly List<HashSet<int>> _options = [];
    private readonly Dictionary<string, int> _bits = [];

    public Filters(SearchIndex index, SearchQuery query)
    {
        (_index, _query) = (index, query);
        var facets = index.Facets;
        _currency = SearchIndex.CurrencyIndex(query.Currency);
        if (!string.IsNullOrEmpty(query.Category))
            _categories = IdsOf(facets, Facet.Category, [query.Category]);
        if (query.Brands.Count > 0)
            _brands = IdsOf(facets, Facet.Brand, query.Brands);

        foreach (var (option, values) in query.Options)
        {
            var dimension = Facet.DimensionOf(option);
            _bits[dimension] = 1 << _options.Count;
            _options.Add(IdsOf(facets, dimension, values));
        }

        foreach (var dimension in (string[])[Facet.Category, Facet.Brand, Price, Stock])
            _bits[dimension] = 1 << _bits.Count;
    }

    /// <summary>The bit of a dimension; 0 when nothing filters it.</summary>
    public int BitOf(string dimension) => _bits.GetValueOrDefault(dimension);

    /// <summary>0 for a document that all filters let through, else the bits of those that keep it out alone; -1 for none such.</summary>
    public int Failing(int document)
    {
        var columns = _index.Columns;
        var price = columns.LowestPriceOf(document, _currency);
        var failing = 0;
        if (_categories is not null && !HasAny(columns.FacetsOf(document), _categories))
            failing |= BitOf(Facet.Category);
        if (_brands is not null && !HasAny(columns.FacetsOf(document), _brands))
            failing |= BitOf(Facet.Brand);
        if (price < _query.Lowest || price > _query.Highest)
            failing |= BitOf(Price);
        if (_query.OnlyInStock && !columns.IsInStock(document))
            failing |= BitOf(Stock);

        var options = _options.Count == 0 ? 0 : FailingOptions(_index.Documents[document]!);
        if (failing == 0)
            return options;

        return options == 0 && int.IsPow2(failing) ? failing : Several;
    }

    /// <summary>One variant must match all options; another may match all but one, and is kept out by that one alone.</summary>
    private int FailingOptions(IndexedDocument document)
    {
        var alone = 0;
        foreach (var variant in document.Variants)
        {
            var failing = 0;
            for (var i = 0; i < _options.Count; i++)
            {
                if (!HasAny(variant.Options, _options[i]))
                    failing |= 1 << i;
            }

            if (failing == 0)
                return 0;
            if (int.IsPow2(failing))
                alone |= failing;
        }

        return alone == 0 ? Several : alone;
    }

    private static bool HasAny(ReadOnlySpan<int> facets, HashSet<int> wanted)
    {
        foreach (var facet in facets)
        {
            if (wanted.Contains(facet))
                return true;
        }

        return false;
    }

    private static HashSet<int> IdsOf(Facets facets, string dimension, IEnumerable<string> keys) =>
        [.. keys.Select(key => facets.Find(dimension, key)?.Id).OfType<int>()];
}
