using ShopFlow.Contracts;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments;

/// <summary>A payment with every movement of its money, for administrators. Amounts are in major units.</summary>
/// <param name="Payment">As its owner sees it.</param>
/// <param name="UserId">Who pays.</param>
/// <param name="Reference">The provider's name of the charge.</param>
/// <param name="IsCancelled">The order was cancelled: the money is not taken, or given back.</param>
/// <param name="Attempts">How often the provider was asked for the step that is due.</param>
/// <param name="DueAt">When it is asked again; null once all is settled.</param>
/// <param name="Movements">The ledger, the oldest first.</param>
/// <param name="Refunds">What was promised back, the oldest first.</param>
internal sealed record PaymentDetails(
    PaymentView Payment,
    string UserId,
    string? Reference,
    bool IsCancelled,
    int Attempts,
    DateTimeOffset? DueAt,
    IReadOnlyList<Movement> Movements,
    IReadOnlyList<RefundDetails> Refunds);

/// <param name="RefundId">Of what was given back.</param>
internal sealed record Movement(LedgerKind Kind, decimal Amount, string Currency, Guid? RefundId, DateTimeOffset At)
{
    public static Movement Of(LedgerEntry entry) => new(entry.Kind, new Money(entry.Amount, entry.Currency).ToDecimal(), entry.Currency, entry.RefundId, entry.At);
}

/// <param name="Failure">What the provider said when it refused.</param>
internal sealed record RefundDetails(
    Guid Id, RefundState Status, decimal Amount, string Currency, string Reason, string? Failure, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static RefundDetails Of(Refund refund) => new(
        refund.Id, refund.State, new Money(refund.Amount, refund.Currency).ToDecimal(), refund.Currency, refund.Reason, refund.Failure, refund.Attempts,
        refund.CreatedAt, refund.UpdatedAt);
}
