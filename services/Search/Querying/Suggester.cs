using ShopFlow.Search.Index;
using ShopFlow.Search.Text;

namespace ShopFlow.Search.Querying;

/// <summary>Proposes what somebody who is typing may be after: words, categories, brands, and the products that they would find.</summary>
internal sealed class Suggester(Synonyms synonyms)
{
    /// <summary>Categories and brands are those of the best results.</summary>
    private const int MostDocuments = 50;

    private const int MostQueries = 3;
    private const int MostCategories = 2;
    private const int MostBrands = 2;

    public SuggestionList Suggest(SearchIndex index, string text, int limit) => index.Read(() =>
    {
        var typed = Words.Of(text).ToList();
        if (typed is [])
            return new SuggestionList(text, [], DidYouMean: null);

        var interpretation = new QueryInterpreter(index, synonyms).Interpret(text, isBeingTyped: true);
        var best = Best(index, interpretation, text);
        var prefix = typed[^1].Text;
        IEnumerable<Suggestion> suggestions =
        [
            .. Completions(index, typed).Select(query => new Suggestion(query, SuggestionKind.Query)),
            .. best.Select(document => index.Facets.Find(Facet.Category, document.Category)!).Distinct().Where(category => HasWord(category.Label, prefix))
                .Take(MostCategories).Select(category => new Suggestion(category.Label, SuggestionKind.Category, Category: category.Key)),
            .. best.Select(document => document.Brand).Distinct().Where(brand => HasWord(brand, prefix))
                .Take(MostBrands).Select(brand => new Suggestion(brand, SuggestionKind.Brand)),
            .. best.Select(document => new Suggestion(document.Name, SuggestionKind.Product, document.Id)),
        ];
        return new SuggestionList(text, [.. suggestions.Take(limit)], interpretation.Correction);
    });

    private static IReadOnlyList<IndexedDocument> Best(SearchIndex index, Interpretation interpretation, string text)
    {
        var page = new ResultPage(index, SearchQuery.For(text, MostDocuments));
        foreach (var hit in Searcher.Find(index, interpretation, text))
            page.Add(hit);

        return page.Take().Results;
    }

    private static IEnumerable<string> Completions(SearchIndex index, List<Word> typed)
    {
        var before = string.Concat(typed.SkipLast(1).Select(word => word.AsWritten.ToLowerInvariant() + " "));
        return index.Vocabulary.WithPrefix(typed[^1].Text, MostQueries).Select(word => before + word.Text);
    }

    private static bool HasWord(string label, string prefix) => Words.Of(label).Any(word => word.Text.StartsWith(prefix, StringComparison.Ordinal));
}
