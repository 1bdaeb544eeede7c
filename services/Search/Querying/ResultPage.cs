using ShopFlow.Search.Index;

namespace ShopFlow.Search.Querying;

/// <summary>Counts results and keeps the first of them that come after the page before.</summary>
internal sealed class ResultPage(SearchIndex index, SearchQuery query)
{
    private readonly int _currency = SearchIndex.CurrencyIndex(query.Currency);

    // The last of those kept is at the top; one more is kept than shown, to know whether there is a next page.
    private readonly PriorityQueue<IndexedDocument, SortKey> _kept = new(query.Limit + 1, Comparer<SortKey>.Create((left, right) => right.CompareTo(left)));
    private double _lastNumber = double.PositiveInfinity;

    /// <summary>On all pages.</summary>
    public int Total { get; private set; }

    public void Add(Hit hit)
    {
        Total++;
        var number = query.Sort.NumberOf(hit.Score, index.Columns.LowestPriceOf(hit.Document, _currency));
        if (number > _lastNumber)
            return;

        var document = index.Documents[hit.Document]!;
        var key = query.Sort.KeyOf(document, number);
        if (query.After is { } after && key.CompareTo(after) <= 0)
            return;

        if (_kept.Count <= query.Limit)
            _kept.Enqueue(document, key);
        else
            _kept.EnqueueDequeue(document, key);

        if (_kept.Count > query.Limit && _kept.TryPeek(out _, out var last))
            _lastNumber = last.Number;
    }

    /// <summary>The page in order, and the place of its last result if there are more.</summary>
    public (IReadOnlyList<IndexedDocument> Results, SortKey? Last) Take()
    {
        var hasMore = _kept.Count > query.Limit;
        if (hasMore)
            _kept.Dequeue();

        SortKey? last = hasMore && _kept.TryPeek(out _, out var key) ? key : null;
        var results = new IndexedDocument[_kept.Count];
        for (var i = results.Length - 1; i >= 0; i--)
            results[i] = _kept.Dequeue();

        return (results, last);
    }
}
