using System.Text.Json;
using ShopFlow.Contracts;
using ShopFlow.Orders;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;
using ShopFlow.Orders.Promotions;

namespace ShopFlow.Tests.Orders;

/// <summary>What promotions take off, by hand for one basket and as properties of thousands.</summary>
public sealed class PromotionArithmeticTests
{
    private const string Everywhere = """{"USD": 1, "EUR": 1, "GBP": 1, "INR": 1, "JPY": 1}""";

    private static readonly Rates Opening = new(1, JsonSerializer.Deserialize(FirstRates.Read(), OrdersJsonContext.Default.RateSheet)!);

    // 59.97 and 11.00.
    private static readonly PricedItem[] Basket =
    [
        new(new("KETTLE-1L", "kettle", "Kettle", 1999, "USD", WeightGrams: 1200), 3),
        new(new("MUG", "mug", "Mug", 550, "USD", WeightGrams: 300), 2),
    ];

    public static TheoryData<int> Seeds => [1, 42, 2026];

    [Theory]
    [InlineData("""{"kind": "Percentage", "percent": 10}""", 600, 110)]
    [InlineData("""{"kind": "Percentage", "percent": 12.5}""", 750, 138)]
    [InlineData("""{"kind": "Percentage", "percent": 100}""", 5997, 1100)]
    [InlineData("""{"kind": "Percentage", "percent": 10, "skus": ["MUG"]}""", 0, 110)]
    [InlineData("""{"kind": "Percentage", "percent": 10, "productIds": ["kettle"]}""", 600, 0)]
    [InlineData("""{"kind": "Fixed", "amount": {"USD": 10}}""", 845, 155)]
    [InlineData("""{"kind": "Fixed", "amount": {"USD": 0.01}}""", 1, 0)]
    [InlineData("""{"kind": "Fixed", "amount": {"USD": 70.96}}""", 5996, 1100)]
    [InlineData("""{"kind": "Fixed", "amount": {"USD": 1000}}""", 5997, 1100)]
    [InlineData("""{"kind": "Fixed", "amount": {"USD": 20}, "skus": ["MUG"]}""", 0, 1100)]
    [InlineData("""{"kind": "BuyXGetY", "buy": 2, "get": 1}""", 0, 550)]
    [InlineData("""{"kind": "BuyXGetY", "buy": 1, "get": 1}""", 0, 1100)]
    [InlineData("""{"kind": "BuyXGetY", "buy": 1, "get": 4}""", 3998, 1100)]
    [InlineData("""{"kind": "BuyXGetY", "buy": 2, "get": 1, "percent": 50, "skus": ["KETTLE-1L"]}""", 1000, 0)]
    [InlineData("""{"kind": "Tiered", "tiers": [{"pieces": 3, "percent": 5}, {"pieces": 5, "percent": 10}, {"pieces": 6, "percent": 50}]}""", 600, 110)]
    [InlineData("""{"kind": "Tiered", "tiers": [{"spend": {"USD": 50}, "percent": 5}, {"spend": {"USD": 70.98}, "percent": 20}]}""", 300, 55)]
    public void Each_kind_takes_its_part_of_each_line(string terms, long kettles, long mugs)
    {
        var promotion = Of(terms);
        Assert.Null(Eligibility.WhyNot(promotion.Terms, "USD", Basket, null));

        var quote = Quote.Of("USD", Basket, null, [promotion]);

        Assert.Equal([kettles, mugs], quote.Lines.Select(line => line.Discount.MinorUnits));
        Assert.Equal(7097 - kettles - mugs, quote.Total.MinorUnits);
    }

    [Theory]
    [InlineData("""{"kind": "Percentage", "percent": 10, "skus": ["BOOK"]}""", "is not for these goods")]
    [InlineData("""{"kind": "Percentage", "percent": 10, "minimum": {"USD": 70.98}}""", "needs goods worth 70.98 USD")]
    [InlineData("""{"kind": "Percentage", "percent": 10, "minimum": {"USD": 12}, "skus": ["MUG"]}""", "needs goods worth 12.00 USD")]
    [InlineData("""{"kind": "Percentage", "percent": 10, "minimum": {"EUR": 1}}""", "is not for orders in USD")]
    [InlineData("""{"kind": "Fixed", "amount": {"EUR": 1}}""", "is not for orders in USD")]
    [InlineData("""{"kind": "BuyXGetY", "buy": 5, "get": 1}""", "needs 6 pieces")]
    [InlineData("""{"kind": "Tiered", "tiers": [{"pieces": 6, "percent": 5}]}""", "needs 6 pieces")]
    [InlineData("""{"kind": "Tiered", "tiers": [{"spend": {"USD": 80}, "percent": 5}]}""", "needs goods worth 80.00 USD")]
    [InlineData("""{"kind": "Tiered", "tiers": [{"spend": {"EUR": 8}, "percent": 5}]}""", "is not for orders in USD")]
    [InlineData("""{"kind": "FreeShipping"}""", "needs a shippingAddress")]
    [InlineData("""{"kind": "Percentage", "percent": 10, "minimum": {"USD": 70.97}}""", null)]
    public void What_is_missing_is_said(string terms, string? why) =>
        Assert.Equal(why, Eligibility.WhyNot(Of(terms).Terms, "USD", Basket, null));

    [Fact]
    public void Combinable_ones_come_by_priority_each_from_what_is_left()
    {
        var tenOff = Of("""{"kind": "Fixed", "amount": {"USD": 10}}""");
        var half = Of("""{"kind": "Percentage", "percent": 50}""", priority: 1);

        // 2998.5 and half a mug are rounded to the even neighbour, 29.98; ten of the 40.99 - 5.50 that are left.
        var quote = Stacking.BestQuote("USD", Basket, null, [tenOff, half]);

        Assert.Equal([half.Id, half.Id, tenOff.Id, tenOff.Id], quote.Discounts.Select(discount => discount.PromotionId));
        Assert.Equal(7097 - 2998 - 550 - 1000, quote.Total.MinorUnits);
    }

    [Fact]
    public void One_that_stands_alone_wins_when_it_saves_more()
    {
        var together = new[] { Of("""{"kind": "Percentage", "percent": 10}""", priority: 1), Of("""{"kind": "Fixed", "amount": {"USD": 5}}""") };
        var small = Of("""{"kind": "Percentage", "percent": 15}""", combinable: false);
        var great = Of("""{"kind": "Percentage", "percent": 30}""", combinable: false);

        Assert.Equal(7097 - 710 - 500, Stacking.BestQuote("USD", Basket, null, [.. together, small]).Total.MinorUnits);
        Assert.Equal([great.Id], Stacking.BestQuote("USD", Basket, null, [.. together, small, great]).Discounts.Select(discount => discount.PromotionId).Distinct());
    }

    [Fact]
    public void A_coupon_that_saves_no_more_is_kept()
    {
        var automatic = Of("""{"kind": "Percentage", "percent": 20}""", combinable: false);
        var coupon = Of("""{"kind": "Percentage", "percent": 20}""", combinable: false, code: "TWENTY");

        Assert.Null(Stacking.BestQuote("USD", Basket, null, [coupon, automatic]).Coupon);
    }

    [Fact]
    public void Free_shipping_takes_the_tax_on_shipping_with_it()
    {
        var delivery = DeliveryTo("US", "NY", "USD");
        var paid = Quote.Of("USD", Basket, delivery);

        var free = Quote.Of("USD", Basket, delivery, [Of("""{"kind": "FreeShipping"}""")]);

        Assert.True(paid.ShippingTax.MinorUnits > 0);
        Assert.Equal((paid.Shipping, paid.Shipping, 0), (free.Shipping, free.ShippingDiscount, free.ShippingTax.MinorUnits));
        Assert.Equal(paid.Total - paid.Shipping - paid.ShippingTax, free.Total);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_holds_lines_cost_nothing_at_least_and_the_figures_add_up(int seed) => ForManyQuotes(seed, (quote, without, _) =>
    {
        Assert.All(quote.Lines, line => Assert.InRange(line.Discount.MinorUnits, 0, line.Item.Amount.MinorUnits));
        Assert.All(quote.Discounts, discount => Assert.True(discount.Amount > 0));
        Assert.InRange(quote.Total.MinorUnits, 0, without.Total.MinorUnits);

        var view = QuoteView.Of(quote);
        Assert.Equal(view.Total, view.Explanation.Where(figure => !figure.Included).Sum(figure => figure.Amount));
        Assert.Equal(view.Discount, view.Lines.Sum(line => line.Discount) + (view.Shipping?.Discount ?? 0));
        Assert.Equal(view.Discount, view.Discounts?.Sum(discount => discount.Amount) ?? 0);
        Assert.All(view.Lines, line => Assert.Equal(line.Discount, line.Discounts?.Sum(discount => discount.Amount) ?? 0));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_choice_that_may_be_made_costs_less(int seed) => ForManyQuotes(seed, (quote, _, choices) =>
        Assert.All(choices, choice => Assert.True(quote.Total <= choice.Total)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_given_amount_is_given_out_to_the_last_minor_unit(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var items = Enumerable.Range(0, random.Next(1, 20)).Select(number => Item(random, number, "USD")).ToArray();
            var amount = random.NextInt64(1, 2 * items.Sum(item => item.Amount.MinorUnits));
            var promotion = Of("""{"kind": "Fixed", "amount": {"USD": AMOUNT}}""".Replace("AMOUNT", $"{amount / 100}.{amount % 100:00}", StringComparison.Ordinal));

            var quote = Quote.Of("USD", items, null, [promotion]);

            Assert.Equal(Math.Min(amount, quote.Subtotal.MinorUnits), quote.GoodsDiscount.MinorUnits);
            Assert.All(quote.Lines, line => Assert.InRange(line.Discount.MinorUnits, 0, line.Item.Amount.MinorUnits));
        }
    }

    private static Promotion Of(string terms, bool combinable = true, int priority = 0, string? code = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Name = "Offer",
        Code = code,
        Terms = JsonSerializer.Deserialize(terms, OrdersJsonContext.Default.PromotionTerms)!,
        Combinable = combinable,
        Priority = priority,
        CreatedAt = default,
        ChangedAt = default,
        ChangedBy = "",
    };

    private static Delivery DeliveryTo(string country, string? region, string currency) => Delivery.Choose(
        Opening, new(null, null, null, null, null, country, region), null, currency, new ShopFlow.ServiceDefaults.Validator())!;

    private static PricedItem Item(Random random, int number, string currency) =>
        new(new($"SKU-{number}", "p", "Thing", random.NextInt64(1, 50_000), currency, "standard", random.Next(0, 5_000)), random.Next(1, 30));

    private static Promotion Any(Random random) => Of(
        random.Next(6) switch
        {
            0 => $$"""{"kind": "Percentage", "percent": {{random.Next(1, 101)}}}""",
            1 => $$"""{"kind": "Percentage", "percent": {{random.Next(1, 100)}}.125, "skus": ["SKU-0", "SKU-2"]}""",
            2 => $$"""{"kind": "Fixed", "amount": {{Everywhere.Replace("1", $"{random.Next(1, 500)}", StringComparison.Ordinal)}}}""",
            3 => $$"""{"kind": "BuyXGetY", "buy": {{random.Next(1, 4)}}, "get": {{random.Next(1, 4)}}, "percent": {{random.Next(1, 101)}}}""",
            4 => $$"""{"kind": "Tiered", "tiers": [{"pieces": 2, "percent": 3}, {"pieces": {{random.Next(3, 40)}}, "percent": {{random.Next(4, 101)}}}]}""",
            _ => """{"kind": "FreeShipping"}""",
        },
        combinable: random.Next(3) > 0,
        priority: random.Next(3));

    private static void ForManyQuotes(int seed, Action<Quote, Quote, IEnumerable<Quote>> holds)
    {
        var random = new Random(seed);
        (string Country, string? Region)[] places = [("US", "NY"), ("US", "OR"), ("DE", null), ("GB", null), ("JP", null), ("BR", null)];
        for (var round = 0; round < 500; round++)
        {
            var currency = Currencies.Codes.ElementAt(random.Next(Currencies.Codes.Count));
            var (country, region) = places[random.Next(places.Length)];
            var delivery = random.Next(4) == 0 ? null : DeliveryTo(country, region, currency);
            var items = Enumerable.Range(0, random.Next(1, 6)).Select(number => Item(random, number, currency)).ToArray();
            var promotions = Enumerable.Range(0, random.Next(0, 6)).Select(_ => Any(random))
                .Where(promotion => Eligibility.WhyNot(promotion.Terms, currency, items, delivery) is null).ToList();

            var together = promotions.Where(promotion => promotion.Combinable).OrderByDescending(promotion => promotion.Priority).ThenBy(promotion => promotion.Id).ToList();
            var choices = promotions.Where(promotion => !promotion.Combinable).Select(promotion => new List<Promotion> { promotion }).Append(together);
            holds(
                Stacking.BestQuote(currency, items, delivery, promotions),
                Quote.Of(currency, items, delivery),
                choices.Select(choice => Quote.Of(currency, items, delivery, choice)));
        }
    }
}
