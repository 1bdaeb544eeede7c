using ShopFlow.Payments.Data;

namespace ShopFlow.Payments;

/// <summary>A payment as clients of an older system know it.</summary>
internal sealed record ProcessedPayment(Guid TransactionId, Guid OrderId, PaymentState Status, decimal Amount, string Currency, string PaymentMethod);
