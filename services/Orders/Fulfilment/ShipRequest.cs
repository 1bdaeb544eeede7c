namespace ShopFlow.Orders.Fulfilment;

/// <summary>What was not said when the parcel was packed, or has changed since.</summary>
internal sealed record ShipRequest(string? Carrier, string? TrackingNumber);
