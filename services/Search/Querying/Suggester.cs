using ShopFlow.Search.Index;
using ShopFlow.Search.Text;

namespace ShopFlow.Search.Querying;

/// <summary>Proposes what somebody who is typing may be after: words, categories, brands, and the products that they would find.</summary>
internal sealed class Suggester(Synonyms synonyms)
{
    private const int MostQueries = 3;
    private const int MostCategories = 2;
    private const int MostBrands = 2;

    public SuggestionList Suggest(SearchIndex index, string text, int limit) => index.Read(_ =>
    {
        var typed = Words.Of(text).ToList();
        if (typed is [])
            return new SuggestionList(text, [], DidYouMean: null);

        var interpretation = new QueryInterpreter(index, synonyms).Interpret(text, isBeingTyped: true);
        var query = SearchQuery.For(text, limit);
        var filters = new Filters(query, index.Facets);
        using var facets = new FacetCounts(index.Facets, filters, query.Currency);
        var page = new ResultPage(query);
        foreach (var (document, score) in Searcher.Find(index, interpretation, text))
        {
            facets.Count(document, filters.Failing(document));
            page.Add(document, score);
        }

        var counts = facets.ToAnswer();
        var prefix = typed[^1].Text;
        IEnumerable<Suggestion> suggestions =
        [
            .. Completions(index, typed).Select(query => new Suggestion(query, SuggestionKind.Query)),
            .. counts.Categories.Where(category => HasWord(category.Name, prefix)).Take(MostCategories)
                .Select(category => new Suggestion(category.Name, SuggestionKind.Category, Category: category.Slug)),
            .. counts.Brands.Where(brand => HasWord(brand.Value, prefix)).Take(MostBrands)
                .Select(brand => new Suggestion(brand.Value, SuggestionKind.Brand)),
            .. page.Take().Results.Select(document => new Suggestion(document.Name, SuggestionKind.Product, document.Id)),
        ];
        return new SuggestionList(text, [.. suggestions.Take(limit)], interpretation.Correction);
    });

    private static IEnumerable<string> Completions(SearchIndex index, List<Word> typed)
    {
        var before = string.Concat(typed.SkipLast(1).Select(word => word.AsWritten.ToLowerInvariant() + " "));
        return index.Vocabulary.WithPrefix(typed[^1].Text, MostQueries).Select(word => before + word.Text);
    }

    private static bool HasWord(string label, string prefix) => Words.Of(label).Any(word => word.Text.StartsWith(prefix, StringComparison.Ordinal));
}
