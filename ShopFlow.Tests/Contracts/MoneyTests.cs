using ShopFlow.Contracts;

namespace ShopFlow.Tests.Contracts;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(1050, "USD", "10.50")]
    [InlineData(5, "EUR", "0.05")]
    [InlineData(-1999, "GBP", "-19.99")]
    [InlineData(1050, "JPY", "1050")]
    [InlineData(long.MaxValue, "INR", "92233720368547758.07")]
    [InlineData(long.MinValue, "INR", "-92233720368547758.08")]
    public void Major_units_have_the_digits_of_the_currency(long minorUnits, string currency, string expected)
    {
        var amount = new Money(minorUnits, currency).ToDecimal();

        Assert.Equal(expected, amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(minorUnits, Money.FromDecimal(amount, currency).MinorUnits);
    }

    [Theory]
    [InlineData("10.005", "USD", 1000)]
    [InlineData("10.015", "USD", 1002)]
    [InlineData("10.5", "JPY", 10)]
    public void Half_a_minor_unit_goes_to_the_even_neighbour(string amount, string currency, long expected) =>
        Assert.Equal(expected, Money.FromDecimal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency).MinorUnits);

    [Fact]
    public void Arithmetic_refuses_to_mix_currencies()
    {
        var dollars = new Money(1, "USD");
        var euros = new Money(1, "EUR");

        Assert.Throws<InvalidOperationException>(() => dollars + euros);
        Assert.Throws<InvalidOperationException>(() => dollars - euros);
        Assert.Throws<InvalidOperationException>(() => dollars < euros);
    }

    [Fact]
    public void Arithmetic_never_wraps()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "USD") + new Money(1, "USD"));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue, "USD") - new Money(1, "USD"));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "USD") * 2);
        Assert.Throws<OverflowException>(() => Money.FromDecimal(decimal.MaxValue / 1000, "USD"));
    }

    [Fact]
    public void An_unknown_currency_is_named() =>
        Assert.Contains("'XXX'", Assert.Throws<ArgumentException>(() => new Money(1, "XXX").ToDecimal()).Message);
}
