using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Reading;

/// <summary>The parameters that all recommendations have.</summary>
/// <param name="Limit">How many products, 1 to 50.</param>
/// <param name="Currency">What their prices are in; the shop's own if not given.</param>
internal sealed record RecommendationQuery(int? Limit, string? Currency)
{
    public const int Usual = 8;

    private const int Most = 50;

    public int Count => Limit ?? Usual;

    public string? CurrencyCode => string.IsNullOrEmpty(Currency) ? null : Currency.ToUpperInvariant();

    /// <summary>Null when nothing is wrong.</summary>
    public ValidationProblem? Check(params ReadOnlySpan<(bool Ok, string Field, string Message)> others)
    {
        var validator = new Validator();
        foreach (var (ok, field, message) in others)
            validator.Check(ok, field, message);

        validator.Check(Limit is null or (>= 1 and <= Most), "limit", $"must be from 1 to {Most}");
        validator.Check(CurrencyCode is null || Currencies.Contains(CurrencyCode), "currency", $"must be one of {string.Join(", ", Currencies.Codes)}");
        return validator.Problem;
    }
}
