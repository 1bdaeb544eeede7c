using System.Text.Json.Serialization;
using ShopFlow.Contracts;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments;

/// <summary>A payment as it is shown. Amounts are in major units.</summary>
internal sealed record PaymentView(
    Guid Id,
    Guid OrderId,
    PaymentState Status,
    decimal Amount,
    decimal Captured,
    decimal Refunded,
    string Currency,
    string PaymentMethod,
    string? Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChallengeUrl,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static PaymentView Of(Payment payment)
    {
        decimal Major(long amount) => new Money(amount, payment.Currency).ToDecimal();

        return new(
            payment.Id,
            payment.OrderId,
            payment.State,
            Major(payment.Amount),
            Major(payment.Captured),
            Major(payment.Refunded),
            payment.Currency,
            payment.Method,
            payment.DeclineReason,
            payment.State == PaymentState.Challenged ? payment.ChallengeUrl : null,
            payment.CreatedAt,
            payment.UpdatedAt);
    }
}
