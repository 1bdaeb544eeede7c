using ShopFlow.Orders.History;

namespace ShopFlow.Orders.Administration;

/// <summary>Everything about an order. Amounts in major units of its currency.</summary>
/// <param name="Order">As its owner sees it.</param>
/// <param name="Deadline">When the checkout stops waiting; null when it is over.</param>
/// <param name="Captured">Taken from the shopper.</param>
/// <param name="RefundsPaid">Back with the shopper.</param>
/// <param name="RefundsPending">Promised, and not paid yet.</param>
internal sealed record AdminOrderView(
    OrderView Order,
    string UserId,
    string? Email,
    string PaymentMethod,
    Guid? PaymentId,
    DateTimeOffset? Deadline,
    decimal Captured,
    decimal RefundsPaid,
    decimal RefundsPending,
    int? RatesVersion,
    IReadOnlyList<TimelineEntry> Timeline);
