using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Recommendations.Reading;

/// <summary>The parameters that all recommendations have: how many products, 1 to 50, and the currency of their prices.</summary>
internal sealed class RecommendationQuery(int? limit, string? currency)
{
    private const int Usual = 8;
    private const int Most = 50;

    public int Limit => limit ?? Usual;

    /// <summary>Null for the shop's own.</summary>
    public string? Currency { get; } = string.IsNullOrEmpty(currency) ? null : currency.ToUpperInvariant();

    /// <param name="isValid">What the endpoint itself has checked of <paramref name="field"/>.</param>
    /// <param name="field">A parameter of the endpoint's own.</param>
    /// <param name="message">What it must be.</param>
    /// <returns>Null when nothing is wrong.</returns>
    public ValidationProblem? Check(bool isValid, string field, string message)
    {
        var validator = new Validator();
        validator.Check(isValid, field, message);
        validator.Check(Limit is >= 1 and <= Most, "limit", $"must be from 1 to {Most}");
        validator.Check(Currency is null || Currencies.Contains(Currency), "currency", Currencies.Requirement);
        return validator.Problem;
    }
}
