using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>Where the goods go, and by which tax and tariffs.</summary>
internal sealed record Delivery(int RatesVersion, TaxZone TaxZone, ShippingZone ShippingZone, ShippingOption Option, string Currency)
{
    public ShippingTariff Tariff => Option.Tariffs[Currency];

    /// <summary>What the zone offers in the currency.</summary>
    public IEnumerable<ShippingOption> Offers => ShippingZone.Options.Where(option => option.Tariffs.ContainsKey(Currency));

    /// <summary>Null when the address can't be delivered to; the reason is in <paramref name="validator"/>.</summary>
    public static Delivery? Choose(Rates rates, ShippingAddress address, string? optionCode, string currency, Validator validator)
    {
        if (rates.TaxZoneOf(address) is not { } taxZone || rates.ShippingZoneOf(address) is not { } shippingZone)
        {
            validator.Add("shippingAddress.country", "is not delivered to");
            return null;
        }

        var offers = shippingZone.Options.Where(option => option.Tariffs.ContainsKey(currency)).ToList();
        var chosen = optionCode is null ? offers.FirstOrDefault() : offers.Find(option => option.Code == optionCode);
        if (chosen is not null)
            return new(rates.Version, taxZone, shippingZone, chosen, currency);

        validator.Add("shippingOption", offers is []
            ? $"can't be paid in {currency} for this address"
            : $"must be one of {string.Join(", ", offers.Select(option => option.Code))}");
        return null;
    }
}
