namespace ShopFlow.Orders.Pricing;

/// <summary>
/// What shipping costs and which taxes are due, by destination. A place is a country ("DE"), a state of one ("US-CA"), or "*" for
/// the rest of the world; the closest holds.
/// </summary>
internal sealed record RateSheet(IReadOnlyList<TaxZone> TaxZones, IReadOnlyList<ShippingZone> ShippingZones);
