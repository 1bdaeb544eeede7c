namespace ShopFlow.Orders.Pricing;

/// <summary>How this shop rounds: to whole minor units, half to the even neighbour. Nothing else in it rounds money.</summary>
internal static class Rounding
{
    /// <param name="dividend">Not negative.</param>
    /// <param name="divisor">Positive.</param>
    /// <exception cref="OverflowException">The quotient is no amount.</exception>
    public static long Divide(Int128 dividend, long divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        var isUp = remainder * 2 > divisor || (remainder * 2 == divisor && Int128.IsOddInteger(quotient));
        return checked((long)(isUp ? quotient + 1 : quotient));
    }

    /// <param name="amount">Not negative.</param>
    /// <param name="percent">With up to three digits after the decimal point, such as 8.875.</param>
    /// <param name="divisor">What the amount is to be divided by as well, so that it is rounded once.</param>
    public static long Percent(Int128 amount, decimal percent, long divisor = 1) => Divide(amount * (long)(percent * 1000), 100_000 * divisor);

    /// <summary>
    /// The share of pieces <paramref name="from"/> to <paramref name="to"/> when a whole is given out over <paramref name="pieces"/>:
    /// what is due up to the last of them less what was due before the first. However they are cut, the shares add up to the whole.
    /// </summary>
    public static long Share(long whole, long from, long to, long pieces) =>
        Divide((Int128)whole * to, pieces) - Divide((Int128)whole * from, pieces);
}
