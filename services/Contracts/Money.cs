namespace ShopFlow.Contracts;

/// <summary>
/// An amount in minor units (cents, pence, whole yen) of a currency. Arithmetic is exact: it refuses to mix currencies and
/// throws <see cref="OverflowException"/> rather than wrap.
/// </summary>
public readonly record struct Money(long MinorUnits, string Currency) : IComparable<Money>
{
    /// <summary>What a field that <see cref="TryRead"/> reads must be, for a refusal.</summary>
    public const string Requirement = "must be an amount of 0 or more, with no more digits than the currency has";

    private const decimal LargestAsked = 100_000_000m;

    public static Money Zero(string currency) => new(0, currency);

    /// <summary>From major units, as people write them; half a minor unit is rounded to the even neighbour.</summary>
    /// <exception cref="ArgumentException">The currency is unknown.</exception>
    public static Money FromDecimal(decimal majorUnits, string currency) =>
        new(decimal.ToInt64(decimal.Round(majorUnits / SmallestUnit(currency), MidpointRounding.ToEven)), currency);

    /// <summary>An amount that somebody asked for, in minor units; null where they named none or something else.</summary>
    /// <returns>Whether it is an amount of the currency, or none.</returns>
    /// <exception cref="ArgumentException">The currency is unknown.</exception>
    public static bool TryRead(decimal? asked, string currency, out long? minorUnits)
    {
        var isAmount = asked is >= 0 and <= LargestAsked && IsExact(asked.Value, currency);
        minorUnits = isAmount ? FromDecimal(asked!.Value, currency).MinorUnits : null;
        return isAmount || asked is null;
    }

    /// <summary>Whether an amount in major units has no more digits than its currency.</summary>
    /// <exception cref="ArgumentException">The currency is unknown.</exception>
    public static bool IsExact(decimal majorUnits, string currency) => decimal.Round(majorUnits, Currencies.Digits(currency)) == majorUnits;

    /// <summary>In major units, with all the digits of the currency: 1050 USD is 10.50, 1050 JPY is 1050.</summary>
    /// <exception cref="ArgumentException">The currency is unknown.</exception>
    public decimal ToDecimal() => MinorUnits * SmallestUnit(Currency);

    public static Money operator +(Money left, Money right) => new(checked(left.MinorUnits + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.MinorUnits - right.In(left.Currency)), left.Currency);

    public static Money operator *(Money amount, long times) => new(checked(amount.MinorUnits * times), amount.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => MinorUnits.CompareTo(other.In(Currency));

    public override string ToString() => $"{ToDecimal()} {Currency}";

    private long In(string currency) => Currency == currency
        ? MinorUnits
        : throw new InvalidOperationException($"{Currency} and {currency} can't be mixed.");

    // 0.01 for two digits, 1 for none. A product keeps the digits of its factors, so 10.50 doesn't become 10.5.
    private static decimal SmallestUnit(string currency) => new(1, 0, 0, isNegative: false, (byte)Currencies.Digits(currency));
}
