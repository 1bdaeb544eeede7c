using ShopFlow.Contracts;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>Amounts in major units of <paramref name="Currency"/>.</summary>
/// <param name="Tax">What of the amount is tax.</param>
/// <param name="Shipping">What of the amount is for shipping.</param>
/// <param name="Failure">Why the provider refused.</param>
internal sealed record RefundView(
    Guid Id,
    RefundState Status,
    decimal Amount,
    decimal Tax,
    decimal Shipping,
    string Currency,
    string Reason,
    string? Failure,
    DateTimeOffset RequestedAt,
    DateTimeOffset? SettledAt)
{
    public static RefundView Of(Refund refund, string currency)
    {
        return new(
            refund.Id,
            refund.State,
            Major(refund.Amount),
            Major(refund.Tax),
            Major(refund.Shipping),
            currency,
            refund.Reason,
            refund.Failure,
            refund.RequestedAt,
            refund.SettledAt);

        decimal Major(long amount) => new Money(amount, currency).ToDecimal();
    }
}
