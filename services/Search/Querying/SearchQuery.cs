using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Search.Querying;

/// <summary>What a page of results is asked for by.</summary>
/// <param name="Lowest">In minor units, as is <paramref name="Highest"/>.</param>
internal sealed record SearchQuery(
    string Text,
    int Limit,
    string? Category,
    IReadOnlyList<string> Brands,
    IReadOnlyList<OptionFilter> Options,
    string Currency,
    long? Lowest,
    long? Highest,
    bool OnlyInStock,
    SearchSort Sort,
    SortKey? After)
{
    private const int DefaultLimit = 20;
    private const int LongestText = 200;
    private const int MaximumLimit = 100;
    private const int MostOptions = 3;
    private const int MostValues = 20;
    private const int LongestValue = 100;
    private const int HashBytes = 4;
    private const string OptionPrefix = "option.";

    /// <summary>The best results for a text, without any filter.</summary>
    public static SearchQuery For(string text, int limit) =>
        new(text, limit, Category: null, Brands: [], Options: [], Currencies.Default, Lowest: null, Highest: null, OnlyInStock: false, SearchSort.Relevance, After: null);

    /// <summary>The token of the page that follows after <paramref name="last"/>.</summary>
    public string Encode(SortKey last) => last.Encode(Hash);

    /// <summary>The problem with the parameters, or null and the query.</summary>
    public static ValidationProblem? TryParse(SearchParameters parameters, out SearchQuery query)
    {
        var validator = new Validator();
        validator.Check(Currencies.TryRead(parameters.Currency, out var currency), "currency", Currencies.Requirement);
        validator.Check(Money.TryRead(parameters.MinPrice, currency, out var lowest), "minPrice", Money.Requirement);
        validator.Check(Money.TryRead(parameters.MaxPrice, currency, out var highest), "maxPrice", Money.Requirement);
        var sort = SearchSort.Find(parameters.Sort);
        var brands = parameters.Brands ?? [];

        CheckText(parameters.Text, validator);
        validator.Check(parameters.Limit is null or (>= 1 and <= MaximumLimit), "limit", $"must be from 1 to {MaximumLimit}");
        validator.Check(parameters.Category is null || IsValue(parameters.Category), "category", "must be the slug of a category");
        validator.Check(brands.Length <= MostValues && brands.All(IsValue), "brand", $"must be at most {MostValues} brands of 1 to {LongestValue} characters");
        validator.Check(sort is not null, "sort", $"must be one of {SearchSort.Names}");
        validator.Check(
            parameters is not { MinPrice: { } from, MaxPrice: { } to } || from <= to, "minPrice", "must not be above maxPrice");

        query = new(
            parameters.Text?.Trim() ?? "",
            parameters.Limit ?? DefaultLimit,
            parameters.Category,
            brands,
            OptionsOf(parameters.Request.Query, validator),
            currency,
            lowest,
            highest,
            parameters.InStock ?? false,
            sort ?? SearchSort.Relevance,
            After: null);

        if (!string.IsNullOrEmpty(parameters.Next))
            query = query with { After = PlaceOf(parameters.Next, query, validator) };

        return validator.Problem;
    }

    public static void CheckText(string? text, Validator validator) =>
        validator.Check(
            string.IsNullOrEmpty(text) || Texts.IsLine(text, LongestText), "q", $"must have at most {LongestText} characters and no control characters");

    private static List<OptionFilter> OptionsOf(IQueryCollection parameters, Validator validator)
    {
        var options = parameters
            .Where(parameter => parameter.Key.StartsWith(OptionPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(parameter => new OptionFilter(parameter.Key[OptionPrefix.Length..], [.. parameter.Value.Select(value => value ?? "")]))
            .ToList();
        validator.Check(options.Count <= MostOptions, "option", $"must be at most {MostOptions}");

        foreach (var (option, values) in options)
        {
            validator.Check(
                IsValue(option) && values.Count <= MostValues && values.All(IsValue),
                OptionPrefix + option,
                $"must name an option, with 1 to {MostValues} values of at most {LongestValue} characters");
        }

        return options;
    }

    private static bool IsValue(string? text) => Texts.IsLine(text, LongestValue);

    private static SortKey? PlaceOf(string token, SearchQuery query, Validator validator) =>
        validator.Check(
            SortKey.TryDecode(token, query.Hash, query.Sort.IsDescendingById, out var place), "next", "must be the next value of the page before, with the same query")
            ? place
            : null;

    /// <summary>Stands for everything that decides which results there are and in which order.</summary>
    private byte[] Hash
    {
        get
        {
            var options = string.Join('&', Options.Select(option => $"{option.Option}={string.Join('|', option.Values)}"));
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{Text}\n{Category}\n{string.Join('|', Brands)}\n{options}\n{Currency}:{Lowest}:{Highest}:{OnlyInStock}:{Sort.Name}");
            return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..HashBytes];
        }
    }
}
