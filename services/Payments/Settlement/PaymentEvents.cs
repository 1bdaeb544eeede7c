using ShopFlow.Contracts;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

internal static class PaymentEvents
{
    public const string OrderCancelled = "order_cancelled";

    /// <summary>The event that tells where a payment stands; null while there is nothing to tell.</summary>
    public static IntegrationEvent? Event(this Payment payment) => payment.State switch
    {
        PaymentState.Challenged => new PaymentChallengeRequired(payment.OrderId, payment.Id, payment.ChallengeUrl!),
        PaymentState.Captured => new PaymentCaptured(payment.OrderId, payment.Id, payment.Amount, payment.Currency),
        PaymentState.Declined => new PaymentDeclined(payment.OrderId, payment.Id, payment.DeclineReason ?? "declined"),
        PaymentState.Voided => new PaymentDeclined(payment.OrderId, payment.Id, OrderCancelled),
        _ => null,
    };
}
