using System.Text.RegularExpressions;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>What a rate sheet must be for quotes to be made from it.</summary>
internal static partial class RateSheetRules
{
    private const int MostZones = 500;
    private const int MostPlaces = 300;
    private const decimal MostPercent = 100;
    private const decimal MostShipping = 1_000_000;

    public static Validator Check(RateSheet sheet)
    {
        var validator = new Validator();
        CheckZones(validator, "taxZones", sheet.TaxZones, zone => (zone.Name, zone.Places), CheckTaxZone);
        CheckZones(validator, "shippingZones", sheet.ShippingZones, zone => (zone.Name, zone.Places), CheckShippingZone);
        return validator;
    }

    private static void CheckZones<TZone>(
        Validator validator,
        string field,
        IReadOnlyList<TZone?> zones,
        Func<TZone, (string Name, IReadOnlyList<string?> Places)> headOf,
        Action<Validator, string, TZone> check)
        where TZone : class
    {
        if (!validator.Check(zones.Count is >= 1 and <= MostZones, field, $"must have 1 to {MostZones} entries"))
            return;

        var seen = new HashSet<string>();
        for (var index = 0; index < zones.Count; index++)
        {
            var path = $"{field}[{index}]";
            if (zones[index] is not { } zone)
            {
                validator.Add(path, "must not be null");
                continue;
            }

            var (name, places) = headOf(zone);
            validator.Check(Texts.IsLine(name, 100), $"{path}.name", "must have 1 to 100 characters");
            CheckPlaces(validator, $"{path}.places", places, seen);
            check(validator, path, zone);
        }
    }

    private static void CheckPlaces(Validator validator, string field, IReadOnlyList<string?> places, HashSet<string> seen)
    {
        validator.Check(places.Count is >= 1 and <= MostPlaces, field, $"must have 1 to {MostPlaces} entries");
        for (var index = 0; index < places.Count; index++)
        {
            if (validator.Check(places[index] is { } place && Place.IsMatch(place), $"{field}[{index}]", "must be like DE, US-CA or *"))
                validator.Check(seen.Add(places[index]!), $"{field}[{index}]", "is in another zone too");
        }
    }

    private static void CheckTaxZone(Validator validator, string path, TaxZone zone)
    {
        CheckPercent(zone.Standard, "standard");
        CheckPercent(zone.Reduced, "reduced");
        CheckPercent(zone.Shipping, "shipping");

        void CheckPercent(decimal percent, string field) => validator.Check(
            percent is >= 0 and <= MostPercent && decimal.Round(percent, 3) == percent, $"{path}.{field}", "must be a percentage of 0 to 100 with up to three digits");
    }

    private static void CheckShippingZone(Validator validator, string path, ShippingZone zone)
    {
        validator.Check(zone.Options.Count is >= 1 and <= 20, $"{path}.options", "must have 1 to 20 entries");
        var codes = new HashSet<string>();
        for (var index = 0; index < zone.Options.Count; index++)
        {
            var field = $"{path}.options[{index}]";
            if (!validator.Check(zone.Options[index] is not null, field, "must not be null"))
                continue;

            var option = zone.Options[index];
            validator.Check(Code.IsMatch(option.Code) && codes.Add(option.Code), $"{field}.code", "must be a word of its own in lower case");
            validator.Check(Texts.IsLine(option.Name, 100), $"{field}.name", "must have 1 to 100 characters");
            CheckTariffs(validator, $"{field}.tariffs", option.Tariffs);
        }
    }

    private static void CheckTariffs(Validator validator, string field, IReadOnlyDictionary<string, ShippingTariff> tariffs)
    {
        validator.Check(tariffs.Count > 0, field, "must have a currency");
        foreach (var (currency, tariff) in tariffs)
        {
            var path = $"{field}.{currency}";
            if (!validator.Check(Currencies.Contains(currency), field, $"may only have {string.Join(", ", Currencies.Codes)}")
                || !validator.Check(tariff is not null, path, "must not be null"))
                continue;

            CheckAmount(tariff!.FirstKilogram, "firstKilogram");
            CheckAmount(tariff.FurtherKilogram, "furtherKilogram");
            CheckAmount(tariff.FreeFrom ?? 0, "freeFrom");

            void CheckAmount(decimal amount, string name) => validator.Check(
                amount is >= 0 and <= MostShipping && Money.FromDecimal(amount, currency).ToDecimal() == amount,
                $"{path}.{name}",
                $"must be an amount of {currency}, not negative");
        }
    }

    [GeneratedRegex(@"^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)\z")]
    private static partial Regex Place { get; }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,39}\z")]
    private static partial Regex Code { get; }
}
