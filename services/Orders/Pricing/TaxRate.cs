using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <param name="Percent">With up to three digits after the decimal point, such as 8.875.</param>
internal readonly record struct TaxRate(decimal Percent)
{
    private const long Whole = 100_000;

    private long Thousandths => (long)(Percent * 1000);

    /// <summary>What comes on top of a net amount.</summary>
    public Money On(Money net) => net with { MinorUnits = Rounding.Percent(net.MinorUnits, Percent) };

    /// <summary>What is within a gross amount.</summary>
    public Money Within(Money gross) =>
        gross with { MinorUnits = Rounding.Divide((Int128)gross.MinorUnits * Thousandths, Whole + Thousandths) };
}
