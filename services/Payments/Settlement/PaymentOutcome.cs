using ShopFlow.Contracts;
using ShopFlow.Payments.Data;

namespace ShopFlow.Payments.Settlement;

/// <summary>What an attempt at a claimed payment came to.</summary>
/// <param name="Payment">As it is to be from now on; attempts and cancellation as they were claimed.</param>
/// <param name="Movements">To be added to the ledger, each with the whole amount.</param>
/// <param name="Event">To be published.</param>
/// <param name="TraceParent">W3C trace context that the event continues.</param>
internal sealed record PaymentOutcome(Payment Payment, IReadOnlyList<LedgerKind> Movements, IntegrationEvent? Event, string? TraceParent);
