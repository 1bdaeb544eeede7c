namespace ShopFlow.Payments;

/// <param name="OrderId">An order of the caller's.</param>
/// <param name="Amount">What the client takes the price to be, in major units: it must be right.</param>
/// <param name="PaymentMethod">The card; it was chosen with the order, and another one is refused.</param>
internal sealed record ProcessPaymentRequest(string? OrderId, decimal? Amount, string? PaymentMethod);
