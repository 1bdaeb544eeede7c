using System.Runtime.InteropServices;
using ShopFlow.Contracts;

namespace ShopFlow.Search.Index;

/// <summary>
/// What a query looks at in every document that it finds, side by side in memory: a query that finds a hundred thousand would spend its time
/// waiting for the documents themselves.
/// </summary>
internal sealed class DocumentColumns
{
    private static readonly int CurrencyCount = Currencies.Codes.Count;

    private readonly List<int> _facets = [];
    private readonly List<int> _facetEnds = [];
    private readonly List<long> _lowestPrices = [];
    private readonly List<byte> _nameLengths = [];
    private readonly List<bool> _inStock = [];

    /// <param name="facets">Ids of all its facets.</param>
    /// <param name="lowestPrices">Of its variants, in minor units, in the order of the currencies.</param>
    /// <param name="nameLength">Words of the name, without stop words.</param>
    public void Add(IEnumerable<int> facets, IEnumerable<long> lowestPrices, int nameLength)
    {
        _facets.AddRange(facets);
        _facetEnds.Add(_facets.Count);
        _lowestPrices.AddRange(lowestPrices);
        _nameLengths.Add((byte)Math.Clamp(nameLength, 1, byte.MaxValue));
        _inStock.Add(false);
    }

    /// <summary>Categories from the top down, brand, options of all variants.</summary>
    public ReadOnlySpan<int> FacetsOf(int document) =>
        CollectionsMarshal.AsSpan(_facets)[(document == 0 ? 0 : _facetEnds[document - 1]).._facetEnds[document]];

    public long LowestPriceOf(int document, int currency) => _lowestPrices[(document * CurrencyCount) + currency];

    public int NameLengthOf(int document) => _nameLengths[document];

    public bool IsInStock(int document) => _inStock[document];

    public void SetInStock(int document, bool isInStock) => _inStock[document] = isInStock;
}
