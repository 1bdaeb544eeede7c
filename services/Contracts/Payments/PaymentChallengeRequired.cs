namespace ShopFlow.Contracts;

/// <summary>The shopper's bank wants to see the shopper before it pays. <paramref name="Url"/> is the page to send the shopper to.</summary>
[EventName("payments.payment-challenge-required")]
public sealed record PaymentChallengeRequired(Guid OrderId, Guid PaymentId, string Url) : IntegrationEvent;
