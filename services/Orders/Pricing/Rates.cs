using System.Collections.Frozen;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Pricing;

/// <summary>One version of the rate sheet, ready to be asked.</summary>
internal sealed class Rates(int version, RateSheet sheet)
{
    private const string Anywhere = "*";

    private readonly FrozenDictionary<string, TaxZone> taxZones = ByPlace(sheet.TaxZones, zone => zone.Places);
    private readonly FrozenDictionary<string, ShippingZone> shippingZones = ByPlace(sheet.ShippingZones, zone => zone.Places);

    public int Version => version;

    public RateSheet Sheet => sheet;

    /// <summary>Null where no tax is known of: nothing is sold there.</summary>
    public TaxZone? TaxZoneOf(ShippingAddress destination) => Closest(taxZones, destination);

    /// <summary>Null where nothing is shipped to.</summary>
    public ShippingZone? ShippingZoneOf(ShippingAddress destination) => Closest(shippingZones, destination);

    private static TZone? Closest<TZone>(FrozenDictionary<string, TZone> zones, ShippingAddress destination) where TZone : class =>
        zones.GetValueOrDefault($"{destination.Country}-{destination.Region}")
        ?? zones.GetValueOrDefault(destination.Country ?? Anywhere)
        ?? zones.GetValueOrDefault(Anywhere);

    private static FrozenDictionary<string, TZone> ByPlace<TZone>(IReadOnlyList<TZone> zones, Func<TZone, IReadOnlyList<string>> places) =>
        zones.SelectMany(zone => places(zone).Select(place => KeyValuePair.Create(place, zone))).ToFrozenDictionary(StringComparer.Ordinal);
}
