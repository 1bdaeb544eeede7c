namespace ShopFlow.Orders.Administration;

/// <param name="At">When.</param>
/// <param name="What">One word: a state of the order, or Packed, ReturnRequested, RefundPaid and the like.</param>
/// <param name="Detail">The reason, the tracking number, the amount.</param>
/// <param name="Id">Of the shipment, return or refund.</param>
internal sealed record TimelineEntry(DateTimeOffset At, string What, string? Detail = null, Guid? Id = null);
