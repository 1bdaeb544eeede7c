using System.Text.RegularExpressions;
using ShopFlow.Contracts;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Promotions;

/// <summary>What a promotion must be for orders to be priced with it.</summary>
internal static partial class PromotionRules
{
    private const int MostRedemptions = 100_000_000;
    private const int HighestPriority = 1000;
    private const int MostNamed = 200;
    private const int MostTiers = 20;
    private const int MostPieces = 1000;
    private const decimal MostAmount = 1_000_000;

    public static Validator Check(PromotionForm form)
    {
        var validator = new Validator();
        validator.Check(Texts.IsLine(form.Name, 100), "name", "must have 1 to 100 characters");
        validator.Check(form.Code is null || Code.IsMatch(form.Code), "code", "must have 3 to 40 letters, digits and hyphens");
        validator.Check(form.EndsAt is null || form.EndsAt > (form.StartsAt ?? DateTimeOffset.MinValue), "endsAt", "must be after startsAt");
        validator.Check(Math.Abs((long)form.Priority) <= HighestPriority, "priority", $"must be between -{HighestPriority} and {HighestPriority}");
        CheckLimit(form.LimitTotal, "limitTotal");
        CheckLimit(form.LimitPerCustomer, "limitPerCustomer");
        if (validator.Check(form.Terms is not null, "terms", "is required"))
            CheckTerms(validator, form.Terms!);

        return validator;

        void CheckLimit(int? limit, string field)
        {
            validator.Check(limit is null or (>= 1 and <= MostRedemptions), field, $"must be between 1 and {MostRedemptions}");
            validator.Check(limit is null || form.Code is not null, field, "needs a code");
        }
    }

    private static void CheckTerms(Validator validator, PromotionTerms terms)
    {
        if (!validator.Check(
            terms.Kind is { } kind && Enum.IsDefined(kind), "terms.kind", $"must be one of {string.Join(", ", Enum.GetNames<PromotionKind>())}"))
            return;

        CheckPercent(validator, terms);
        CheckField(terms.Amount is not null, terms.Kind is PromotionKind.Fixed, "amount");
        CheckField(terms.Buy is not null, terms.Kind is PromotionKind.BuyXGetY, "buy");
        CheckField(terms.Get is not null, terms.Kind is PromotionKind.BuyXGetY, "get");
        CheckField(terms.Tiers is not null, terms.Kind is PromotionKind.Tiered, "tiers");
        validator.Check(terms.ShippingOptions is null || terms.Kind is PromotionKind.FreeShipping, "terms.shippingOptions", NotOf(terms));

        CheckAmounts(validator, "terms.amount", terms.Amount);
        CheckAmounts(validator, "terms.minimum", terms.Minimum);
        CheckPieces(validator, "terms.buy", terms.Buy);
        CheckPieces(validator, "terms.get", terms.Get);
        CheckTiers(validator, terms.Tiers);
        CheckNames(validator, "terms.skus", terms.Skus, sku => Texts.IsLine(sku, 40), "must have 1 to 40 characters");
        CheckNames(validator, "terms.productIds", terms.ProductIds, id => Guid.TryParseExact(id, "D", out _), "must be the id of a product");
        CheckNames(validator, "terms.shippingOptions", terms.ShippingOptions, code => Texts.IsLine(code, 40), "must have 1 to 40 characters");

        void CheckField(bool isThere, bool isNeeded, string field) =>
            validator.Check(isThere == isNeeded, $"terms.{field}", isNeeded ? "is required" : NotOf(terms));
    }

    private static void CheckPercent(Validator validator, PromotionTerms terms)
    {
        var isNeeded = terms.Kind is PromotionKind.Percentage;
        if (terms.Percent is { } percent)
        {
            validator.Check(isNeeded || terms.Kind is PromotionKind.BuyXGetY, "terms.percent", NotOf(terms));
            CheckPercent(validator, "terms.percent", percent);
        }
        else
        {
            validator.Check(!isNeeded, "terms.percent", "is required");
        }
    }

    private static void CheckPercent(Validator validator, string field, decimal? percent) => validator.Check(
        percent is > 0 and <= 100 && decimal.Round(percent.Value, 3) == percent,
        field,
        "must be a percentage above 0, of at most 100, with up to three digits");

    private static void CheckPieces(Validator validator, string field, int? pieces) =>
        validator.Check(pieces is null or (>= 1 and <= MostPieces), field, $"must be between 1 and {MostPieces}");

    private static void CheckTiers(Validator validator, IReadOnlyList<Tier?>? tiers)
    {
        if (tiers is null || !validator.Check(tiers.Count is >= 1 and <= MostTiers, "terms.tiers", $"must have 1 to {MostTiers} entries"))
            return;

        for (var index = 0; index < tiers.Count; index++)
        {
            var path = $"terms.tiers[{index}]";
            if (tiers[index] is not { } tier)
            {
                validator.Add(path, "must not be null");
                continue;
            }

            CheckPercent(validator, $"{path}.percent", tier.Percent);
            CheckPieces(validator, $"{path}.pieces", tier.Pieces);
            CheckAmounts(validator, $"{path}.spend", tier.Spend);
            if (validator.Check((tier.Pieces is null) != (tier.Spend is null), path, "must have either pieces or spend") && index > 0 && tiers[index - 1] is { } lower)
                validator.Check(IsAbove(tier, lower), path, "must be above the one before it, in the same currencies");
        }
    }

    private static bool IsAbove(Tier tier, Tier lower) => tier.Pieces is { } pieces
        ? pieces > lower.Pieces
        : lower.Spend?.Count == tier.Spend!.Count && tier.Spend.All(amount => lower.Spend.TryGetValue(amount.Key, out var below) && amount.Value > below);

    private static void CheckAmounts(Validator validator, string field, IReadOnlyDictionary<string, decimal>? amounts)
    {
        if (amounts is null || !validator.Check(amounts.Count > 0, field, "must have a currency"))
            return;

        foreach (var (currency, amount) in amounts)
        {
            if (validator.Check(Currencies.Contains(currency), field, $"may only have {string.Join(", ", Currencies.Codes)}"))
            {
                validator.Check(
                    amount is > 0 and <= MostAmount && Money.FromDecimal(amount, currency).ToDecimal() == amount,
                    $"{field}.{currency}",
                    $"must be an amount of {currency} above zero");
            }
        }
    }

    private static void CheckNames(Validator validator, string field, IReadOnlyList<string?>? names, Func<string?, bool> isOne, string message)
    {
        if (names is null || !validator.Check(names.Count is >= 1 and <= MostNamed, field, $"must have 1 to {MostNamed} entries"))
            return;

        for (var index = 0; index < names.Count; index++)
            validator.Check(isOne(names[index]), $"{field}[{index}]", message);
    }

    private static string NotOf(PromotionTerms terms) => $"has no meaning for {terms.Kind}";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]{2,39}\z")]
    private static partial Regex Code { get; }
}
