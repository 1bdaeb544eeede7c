namespace ShopFlow.Orders.Fulfilment;

/// <param name="Lines">Null for all that is not packed yet.</param>
/// <param name="Carrier">May also be named when the parcel leaves.</param>
/// <param name="TrackingNumber">The same.</param>
internal sealed record PackRequest(IReadOnlyList<PieceRequest?>? Lines, string? Carrier, string? TrackingNumber);
