using ShopFlow.Contracts;

namespace ShopFlow.Orders.Pricing;

/// <summary>Amounts in major units.</summary>
/// <param name="FirstKilogram">For up to a kilogram.</param>
/// <param name="FurtherKilogram">For each further kilogram that is begun.</param>
/// <param name="FreeFrom">Goods worth this much are shipped for nothing.</param>
internal sealed record ShippingTariff(decimal FirstKilogram, decimal FurtherKilogram, decimal? FreeFrom = null)
{
    private const int GramsPerKilogram = 1000;

    public bool IsFree(Money goods) => FreeFrom is { } threshold && goods >= Money.FromDecimal(threshold, goods.Currency);

    public Money Price(long grams, Money goods)
    {
        if (IsFree(goods))
            return Money.Zero(goods.Currency);

        return Money.FromDecimal(FirstKilogram, goods.Currency)
            + Money.FromDecimal(FurtherKilogram, goods.Currency) * FurtherKilograms(grams);
    }

    public static long FurtherKilograms(long grams) =>
        Math.Max(0, (grams + GramsPerKilogram - 1) / GramsPerKilogram - 1);
}
