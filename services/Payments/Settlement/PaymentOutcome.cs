using ShopFlow.Contracts;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

internal static class PaymentOutcome
{
    /// <summary>The event that tells how a payment ended; null while it has not.</summary>
    public static IntegrationEvent? Outcome(this Payment payment) => payment.State switch
    {
        PaymentState.Captured => new PaymentCaptured(payment.OrderId, payment.Id, payment.Amount, payment.Currency),
        PaymentState.Declined => new PaymentDeclined(payment.OrderId, payment.Id, payment.DeclineReason ?? "declined"),
        PaymentState.Voided => new PaymentDeclined(payment.OrderId, payment.Id, "order_cancelled"),
        _ => null,
    };
}
