using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Orders;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Tests.Orders;

/// <summary>Properties of a quote, held against thousands of random baskets, destinations and currencies.</summary>
public sealed class QuoteArithmeticTests
{
    private static readonly Rates Opening = new(1, JsonSerializer.Deserialize(FirstRates.Read(), OrdersJsonContext.Default.RateSheet)!);

    public static TheoryData<int> Seeds => [1, 42, 2026, 987_654_321];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_explained_figures_add_up_to_the_total(int seed) => ForManyQuotes(seed, quote =>
    {
        var view = QuoteView.Of(quote);

        Assert.Equal(view.Total, view.Explanation.Where(figure => !figure.Included).Sum(figure => figure.Amount));
        Assert.Equal(view.Tax, view.Explanation.Where(figure => figure.Figure == "tax").Sum(figure => figure.Amount));
        Assert.Equal(view.Subtotal, view.Lines.Sum(line => line.Total));
        Assert.Equal(view.Tax, view.Lines.Sum(line => line.Tax) + (view.Shipping?.Tax ?? 0));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Tax_is_never_further_than_half_a_minor_unit_from_exact(int seed) => ForManyQuotes(seed, quote =>
    {
        foreach (var line in quote.Lines)
        {
            var (amount, rate) = ((decimal)line.Item.Amount.MinorUnits, line.Rate.Percent);
            var exact = quote.TaxIncluded ? amount * rate / (100 + rate) : amount * rate / 100;
            Assert.InRange(line.Tax.MinorUnits - exact, -0.5m, 0.5m);
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Refunds_of_all_pieces_in_any_portions_give_back_exactly_what_was_paid(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var (whole, pieces) = (random.NextInt64(0, 1_000_000), random.Next(1, 100));
            var (given, back) = (0, 0L);
            while (given < pieces)
            {
                var portion = random.Next(1, pieces - given + 1);
                var share = Rounding.Share(whole, given, given + portion, pieces);
                Assert.InRange(share, (long)Math.Floor((decimal)whole * portion / pieces) - 1, (long)Math.Ceiling((decimal)whole * portion / pieces) + 1);
                given += portion;
                back += share;
            }

            Assert.Equal(whole, back);
        }
    }

    [Theory]
    [InlineData(5, 10, 0)]
    [InlineData(15, 10, 2)]
    [InlineData(25, 10, 2)]
    [InlineData(26, 10, 3)]
    [InlineData(7, 2, 4)]
    [InlineData(0, 3, 0)]
    public void Half_goes_to_the_even_neighbour(long dividend, long divisor, long expected) =>
        Assert.Equal(expected, Rounding.Divide(dividend, divisor));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    [InlineData(2000, 1)]
    [InlineData(2001, 2)]
    public void A_kilogram_counts_when_it_is_begun(long grams, long further) =>
        Assert.Equal(further, ShippingTariff.FurtherKilograms(grams));

    private static void ForManyQuotes(int seed, Action<Quote> holds)
    {
        var random = new Random(seed);
        string[] countries = ["US", "DE", "FR", "FI", "GB", "IN", "JP", "BR", "CH"];
        string[] states = ["CA", "NY", "TX", "OR"];
        string[] taxClasses = ["standard", "reduced", "zero"];
        for (var round = 0; round < 500; round++)
        {
            var currency = Currencies.Codes.ElementAt(random.Next(Currencies.Codes.Count));
            var country = countries[random.Next(countries.Length)];
            var address = new ShippingAddress(null, null, null, null, null, country, country == "US" ? states[random.Next(states.Length)] : null);
            var items = Enumerable.Range(0, random.Next(1, 8)).Select(number => new PricedItem(
                new($"SKU-{number}", "p", "Thing", random.NextInt64(1, 500_000), currency, taxClasses[random.Next(3)], random.Next(0, 5_000)), random.Next(1, 100)));

            var validator = new ShopFlow.ServiceDefaults.Validator();
            var delivery = random.Next(8) == 0 ? null : Delivery.Choose(Opening, address, random.Next(2) == 0 ? "express" : null, currency, validator);
            Assert.True(validator.IsValid);
            holds(Quote.Of(currency, [.. items], delivery));
        }
    }
}
