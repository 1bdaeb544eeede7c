using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using ShopFlow.Catalog.Data;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

/// <summary>What a page of the product list is asked for by.</summary>
/// <param name="Lowest">In minor units, as is <paramref name="Highest"/>.</param>
/// <param name="Options">For each option the pairs of which a variant must have one, as <see cref="Variant.OptionPairs"/> has them.</param>
internal sealed record ProductQuery(
    int Limit,
    string? Category,
    string Currency,
    long? Lowest,
    long? Highest,
    IReadOnlyList<string[]> Options,
    ProductSort Sort,
    ProductPlace? After)
{
    private const string OptionPrefix = "option.";
    private const int DefaultLimit = 20;
    private const int MaximumLimit = 100;
    private const int MostOptions = 3;
    private const int MostValues = 20;

    /// <summary>Names the filters and the sort, in one way however they were written.</summary>
    public string FilterKey => string.Create(
        CultureInfo.InvariantCulture,
        $"{Category}:{Currency}:{Lowest}:{Highest}:{Sort.Name}:{string.Join('&', Options.Select(pairs => string.Join('|', pairs)))}");

    public string CacheKey => $"products:{Limit}:{FilterKey}:{After?.Id:N}:{After?.Key}";

    /// <summary>The token of the page that follows after <paramref name="last"/>.</summary>
    public string Encode(ProductPlace last) => last.Encode(FilterHash);

    private byte[] FilterHash => SHA256.HashData(Encoding.UTF8.GetBytes(FilterKey));

    /// <summary>The problem with the parameters, or null and the query.</summary>
    public static ValidationProblem? TryParse(ProductListParameters parameters, out ProductQuery query)
    {
        var validator = new Validator();
        validator.Check(Currencies.TryRead(parameters.Currency, out var currency), "currency", Currencies.Requirement);
        validator.Check(Money.TryRead(parameters.MinPrice, currency, out var lowest), "minPrice", Money.Requirement);
        validator.Check(Money.TryRead(parameters.MaxPrice, currency, out var highest), "maxPrice", Money.Requirement);
        var sort = ProductSort.Find(parameters.Sort);
        var options = OptionsOf(parameters.Request.Query, validator);

        validator.Check(parameters.Limit is null or (>= 1 and <= MaximumLimit), "limit", $"must be from 1 to {MaximumLimit}");
        validator.Check(
            string.IsNullOrEmpty(parameters.Category) || Texts.IsLine(parameters.Category, 60),
            "category",
            "must be the slug of a category");
        validator.Check(sort is not null, "sort", $"must be one of {ProductSort.Names}");
        validator.Check(
            parameters is not { MinPrice: { } from, MaxPrice: { } to } || from <= to, "minPrice", "must not be above maxPrice");

        query = new(
            parameters.Limit ?? DefaultLimit,
            string.IsNullOrEmpty(parameters.Category) ? null : parameters.Category,
            currency,
            lowest,
            highest,
            options,
            sort ?? ProductSort.Added,
            After: null);

        if (!string.IsNullOrEmpty(parameters.Next))
            query = query with { After = PlaceOf(parameters.Next, query, validator) };

        return validator.Problem;
    }

    private static List<string[]> OptionsOf(IQueryCollection parameters, Validator validator)
    {
        var asked = parameters.Where(parameter => parameter.Key.StartsWith(OptionPrefix, StringComparison.OrdinalIgnoreCase)).ToList();
        validator.Check(asked.Count <= MostOptions, "option", $"must be at most {MostOptions}");

        foreach (var (key, values) in asked)
        {
            var areTexts = Texts.IsLine(key[OptionPrefix.Length..], 40) && values.Count <= MostValues && values.All(value => Texts.IsLine(value, 40));
            validator.Check(areTexts, key, $"must name an option, with 1 to {MostValues} values of at most 40 characters");
        }

        return validator.IsValid
            ? [.. asked.OrderBy(option => option.Key, StringComparer.OrdinalIgnoreCase).Select(option => PairsOf(option.Key, option.Value))]
            : [];
    }

    private static string[] PairsOf(string key, StringValues values) =>
        [.. values.Select(value => Variant.PairOf(key[OptionPrefix.Length..], value!)).Distinct().Order(StringComparer.Ordinal)];

    private static ProductPlace? PlaceOf(string token, ProductQuery query, Validator validator)
    {
        var isPlace = ProductPlace.TryDecode(token, query.FilterHash, out var place)
            && (!query.Sort.IsByPrice || long.TryParse(place!.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _));

        return validator.Check(isPlace, "next", "must be the next value of the page before, with the same filters and sort") ? place : null;
    }
}
