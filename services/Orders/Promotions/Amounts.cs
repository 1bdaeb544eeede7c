using ShopFlow.Contracts;

namespace ShopFlow.Orders.Promotions;

/// <summary>Amounts of a promotion, in major units by currency.</summary>
internal static class Amounts
{
    /// <summary>Null where there is none in the currency.</summary>
    public static Money? In(IReadOnlyDictionary<string, decimal>? amounts, string currency) =>
        amounts is not null && amounts.TryGetValue(currency, out var amount) ? Money.FromDecimal(amount, currency) : null;
}
