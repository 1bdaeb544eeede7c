using System.Buffers.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Catalog.Products;

/// <summary>What a page of the product list is asked for by; <c>After</c> is the last product of the page before.</summary>
internal sealed record ProductQuery(int Limit, string? Category, string Currency, Guid? After)
{
    private const string DefaultCurrency = "USD";
    private const int DefaultLimit = 20;
    private const int MaximumLimit = 100;

    public string CacheKey => $"products:{Limit}:{Category}:{Currency}:{After:N}";

    /// <summary>The problem with the parameters, or null and the query.</summary>
    public static ValidationProblem? TryParse(int? limit, string? category, string? currency, string? next, out ProductQuery query)
    {
        Guid? after = null;
        var code = string.IsNullOrEmpty(currency) ? DefaultCurrency : currency.ToUpperInvariant();

        var validator = new Validator();
        validator.Check(limit is null or (>= 1 and <= MaximumLimit), "limit", $"must be from 1 to {MaximumLimit}");
        validator.Check(category is null or { Length: <= 60 } && !(category?.Any(char.IsControl) ?? false), "category", "must be the slug of a category");
        validator.Check(Currencies.Contains(code), "currency", $"must be one of {string.Join(", ", Currencies.Codes)}");
        validator.Check(string.IsNullOrEmpty(next) || TryDecode(next, out after), "next", "must be the next value of the page before");

        query = new(limit ?? DefaultLimit, string.IsNullOrEmpty(category) ? null : category, code, after);
        return validator.Problem;
    }

    /// <summary>The opaque form of a place in the list.</summary>
    public static string Encode(Guid last) => Base64Url.EncodeToString(last.ToByteArray(bigEndian: true));

    private static bool TryDecode(string text, out Guid? last)
    {
        Span<byte> bytes = stackalloc byte[16];
        var isValid = text.Length == 22 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length == 16;
        last = isValid ? new Guid(bytes, bigEndian: true) : null;
        return isValid;
    }
}
