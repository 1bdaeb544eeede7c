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

    public SearchAnswer Search(SearchIndex index, SearchQuery query) => index.Read(() =>
    {
        var interpretation = new QueryInterpreter(index, synonyms).Interpret(query.Text);
        var filters = new Filters(index, query);
        using var facets = new FacetCounts(index, filters, query.Currency);
        var page = new ResultPage(index, query);
        foreach (var hit in Find(index, interpretation, query.Text))
        {
            var failing = filters.Failing(hit.Document);
            facets.Count(hit.Document, failing);
            if (failing == 0)
                page.Add(hit);
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
    public static IEnumerable<Hit> Find(SearchIndex index, Interpretation interpretation, string text) =>
        text.Length == 0 ? Everything(index) : Match(index, interpretation.Slots);

    private static IEnumerable<Hit> Everything(SearchIndex index)
    {
        for (var number = 0; number < index.Documents.Count; number++)
        {
            if (index.Documents[number] is not null)
                yield return new(number, Score: 0);
        }
    }

    private static IEnumerable<Hit> Match(SearchIndex index, IReadOnlyList<Slot> slots)
    {
        using var matches = new Matches(index);
        for (var i = 0; i < slots.Count; i++)
            matches.Add(slots[i], i + 1);

        var most = matches.MostSlots();
        if (most * 2 < slots.Count)
            yield break;

        var words = slots.Sum(slot => slot.Words);
        foreach (var number in matches.Found)
        {
            if (matches[number].Slots == most && index.Documents[number] is not null)
                yield return new(number, ScoreOf(index.Columns, number, matches[number], words));
        }
    }

    private static float ScoreOf(DocumentColumns columns, int number, Matches.Match match, int words)
    {
        var length = columns.NameLengthOf(number);
        var score = match.Score * (1 + (NameShare * Math.Min(match.NameWords, length) / length));
        if (!columns.IsInStock(number))
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
            new Money(document.Variants.Min(variant => variant.Prices[number]), currency).ToDecimal(),
            currency,
            document.ImageUrl,
            [.. document.Variants.Select(variant => new FoundVariant(
                variant.Sku, variant.Name, new Money(variant.Prices[number], currency).ToDecimal(), variant.Stock.Available))]);
    }
}
