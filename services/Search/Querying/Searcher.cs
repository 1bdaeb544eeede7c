using ShopFlow.Contracts;
using ShopFlow.Search.Index;
using ShopFlow.Search.Text;

namespace ShopFlow.Search.Querying;

/// <summary>Answers queries from an index.</summary>
internal sealed class Searcher(Synonyms synonyms)
{
    /// <summary>A document that is called exactly what was asked for comes first, whatever else there is.</summary>
    private const float ExactName = 1000;

    /// <summary>What a name is worth that has the words of the query and no others, next to one of which they are a small part.</summary>
    private const float NameShare = 0.5f;

    private const float OutOfStock = 0.75f;

    public SearchAnswer Search(SearchIndex index, SearchQuery query) => index.Read(_ =>
    {
        var interpretation = new QueryInterpreter(index, synonyms).Interpret(query.Text);
        var filters = new Filters(query, index.Facets);
        using var facets = new FacetCounts(index.Facets, filters, query.Currency);
        var page = new ResultPage(query);
        foreach (var (document, score) in Find(index, interpretation, query.Text))
        {
            var failing = filters.Failing(document);
            facets.Count(document, failing);
            if (failing == 0)
                page.Add(document, score);
        }

        var (results, next) = page.Take();
        return new SearchAnswer(
            query.Text,
            [.. results.Select(document => Describe(document, query.Currency))],
            page.Total,
            next is { } last ? query.Encode(last) : null,
            interpretation.Correction,
            facets.ToAnswer());
    });

    /// <summary>The documents that a query means, in no order: those with all of its words, or with as many of them as any has, at least half.</summary>
    public static IEnumerable<(IndexedDocument Document, float Score)> Find(SearchIndex index, Interpretation interpretation, string text)
    {
        if (text.Length == 0)
            return index.Documents.OfType<IndexedDocument>().Select(document => (document, 0f));

        return Match(index, interpretation.Slots);
    }

    private static IEnumerable<(IndexedDocument Document, float Score)> Match(SearchIndex index, IReadOnlyList<Slot> slots)
    {
        using var matches = new Matches(index);
        for (var i = 0; i < slots.Count; i++)
            matches.Add(slots[i], i + 1);

        var live = matches.Found.Where(number => index.Documents[number] is not null).ToList();
        var most = live.Select(number => (int)matches[number].Slots).DefaultIfEmpty().Max();
        if (most * 2 < slots.Count)
            yield break;

        var words = slots.Sum(slot => slot.Words);
        foreach (var number in live)
        {
            if (matches[number].Slots == most)
                yield return (index.Documents[number]!, ScoreOf(index.Documents[number]!, matches[number], words));
        }
    }

    private static float ScoreOf(IndexedDocument document, Matches.Match match, int words)
    {
        var length = Math.Max(document.NameLength, 1);
        var score = match.Score * (1 + (NameShare * Math.Min(match.NameWords, length) / length));
        if (!document.IsInStock)
            score *= OutOfStock;

        return match.LiteralNameWords == words && words == length ? score + ExactName : score;
    }

    private static FoundProduct Describe(IndexedDocument document, string currency)
    {
        var number = SearchIndex.CurrencyIndex(currency);
        return new(
            document.Id,
            document.Name,
            document.Brand,
            document.Category,
            new Money(document.LowestPrices[number], currency).ToDecimal(),
            currency,
            document.ImageUrl,
            [.. document.Variants.Select(variant => new FoundVariant(
                variant.Sku, variant.Name, new Money(variant.Prices[number], currency).ToDecimal(), variant.Stock.Available))]);
    }
}
