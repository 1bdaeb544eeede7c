using ShopFlow.Contracts;

namespace ShopFlow.Search.Index;

/// <summary>
/// An inverted index of the catalogue in memory. One writer at a time; readers share it and wait for a batch that is being written.
/// A product that changes becomes a new document, and its former one is skipped until the index is made anew.
/// </summary>
internal sealed class SearchIndex
{
    private const int WeightOfName = 10;

    private static readonly string[] CurrencyCodes = [.. Currencies.Codes];

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, Term> _terms = [];
    private readonly List<IndexedDocument?> _documents = [];
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly Dictionary<string, StockCell> _stock = [];

    public Facets Facets { get; } = new();

    public Vocabulary Vocabulary { get; } = new();

    public DocumentColumns Columns { get; } = new();

    /// <summary>By number; null where one is gone.</summary>
    public IReadOnlyList<IndexedDocument?> Documents => _documents;

    /// <summary>Documents that are not gone.</summary>
    public int Count => _numbers.Count;

    /// <summary>Whether so many documents are gone that the index should be made anew.</summary>
    public bool IsWorn => _documents.Count > 1000 && _documents.Count > 2 * _numbers.Count;

    public static int CurrencyIndex(string currency) => Array.IndexOf(CurrencyCodes, currency);

    public Term? FindTerm(string stem) => _terms.GetValueOrDefault(stem);

    /// <summary>Answers from one state of the index.</summary>
    public T Read<T>(Func<T> read)
    {
        _lock.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>Adds, replaces and, when they are not for sale any more, removes products.</summary>
    public void Apply(IEnumerable<(CatalogProduct Product, long ChangedIn)> changes)
    {
        _lock.EnterWriteLock();
        try
        {
            foreach (var (product, changedIn) in changes)
            {
                if (IsKnown(product.Id, changedIn))
                    continue;

                Remove(product.Id);
                if (product.IsActive)
                    Add(product, changedIn);
            }

            Vocabulary.Sort();
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    public void Apply(IEnumerable<(string Sku, int Available)> levels)
    {
        _lock.EnterWriteLock();
        try
        {
            foreach (var (sku, available) in levels)
            {
                var cell = StockOf(sku);
                cell.Available = available;
                if (cell.Document is { } number)
                    TellStock(number);
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private bool IsKnown(Guid id, long changedIn) => _numbers.TryGetValue(id, out var number) && _documents[number]!.ChangedIn == changedIn;

    private void Remove(Guid id)
    {
        if (_numbers.Remove(id, out var number))
            _documents[number] = null;
    }

    private void Add(CatalogProduct product, long changedIn)
    {
        // First what can fail: a product with something missing leaves no trace.
        var variants = product.Variants.Select(variant => VariantOf(product, variant)).ToArray();
        var terms = TermsOf(product);
        var number = _documents.Count;
        foreach (var (stem, field) in terms.Terms)
            TermOf(stem).Add(new(number, (Half)field.Weight, field.IsInName));
        foreach (var (word, (stem, isInName)) in terms.Words)
            Vocabulary.Add(word, TermOf(stem), isInName ? WeightOfName : 1);

        _documents.Add(new(product.Id, product.Name, product.Brand, product.Categories[^1].Slug, variants, changedIn));
        _numbers[product.Id] = number;

        Columns.Add(
            FacetsOf(product, variants),
            CurrencyCodes.Select((_, currency) => variants.Min(variant => variant.Prices[currency])),
            terms.NameLength);
        foreach (var variant in variants)
            variant.Stock.Document = number;
        TellStock(number);
    }

    private void TellStock(int number) =>
        Columns.SetInStock(number, _documents[number] is { } document && Array.Exists(document.Variants, variant => variant.Stock.Available > 0));

    private static DocumentTerms TermsOf(CatalogProduct product)
    {
        var terms = new DocumentTerms();
        terms.AddName(product.Name);
        terms.AddBrand(product.Brand);
        terms.AddDescription(product.Description);
        foreach (var category in product.Categories)
            terms.AddCategory(category.Name);
        foreach (var value in product.Variants.SelectMany(variant => variant.OptionValues).Distinct())
            terms.AddOption(value);

        return terms;
    }

    private IEnumerable<int> FacetsOf(CatalogProduct product, IndexedVariant[] variants) =>
    [
        .. product.Categories.Select(category => Facets.CategoryOf(category.Slug, category.Name).Id),
        Facets.BrandOf(product.Brand).Id,
        .. variants.SelectMany(variant => variant.Options).Distinct(),
    ];

    private IndexedVariant VariantOf(CatalogProduct product, CatalogVariant variant) =>
        new(
            variant.Sku,
            variant.Name,
            [.. product.Options.Zip(variant.OptionValues, (option, value) => Facets.OptionOf(option, value).Id)],
            [.. CurrencyCodes.Select(currency => variant.Prices[currency])],
            StockOf(variant.Sku));

    private Term TermOf(string stem)
    {
        if (!_terms.TryGetValue(stem, out var term))
            _terms[stem] = term = new();

        return term;
    }

    private StockCell StockOf(string sku)
    {
        if (!_stock.TryGetValue(sku, out var cell))
            _stock[sku] = cell = new();

        return cell;
    }
}
