using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Tests.Orders;

public sealed class QuoteTests(OrdersUnderTest orders) : IClassFixture<OrdersUnderTest>
{
    private static readonly object[] TwoMugs = [new { sku = "MUG", quantity = 2 }];

    [Fact]
    public async Task California_adds_its_tax_on_top()
    {
        var quote = await QuoteAsync(new { items = TwoMugs, shippingAddress = new { country = "US", region = "CA" } });

        Assert.Equal(("11.00", "4.95", "0.80", "16.75"), Figures(quote));
        Assert.False(quote.GetProperty("taxIncluded").GetBoolean());
        Assert.Equal(
            [
                "Mug: 2 x 5.50 USD",
                "Standard to United States, 600 g: 4.95 USD up to 1 kg",
                "California sales tax on Mug: 7.25 % of 11.00 USD",
                "California sales tax on shipping: 0 % of 4.95 USD",
            ],
            quote.GetProperty("explanation").EnumerateArray().Select(figure => figure.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Germany_has_its_taxes_within_the_prices_by_class()
    {
        object[] items = [new { sku = "MUG", quantity = 1 }, new { sku = "BOOK", quantity = 1 }];

        var quote = await QuoteAsync(new { items, currency = "EUR", shippingAddress = new { country = "DE" } });

        // 4.99 * 19/119 = 0.797, 12.90 * 7/107 = 0.844, 6.60 * 19/119 = 1.054
        Assert.Equal(("17.89", "6.60", "2.69", "24.49"), Figures(quote));
        Assert.True(quote.GetProperty("taxIncluded").GetBoolean());
        Assert.Equal(["0.80", "0.84"], quote.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("tax").GetRawText()));
    }

    [Fact]
    public async Task Yen_are_rounded_to_whole_yen()
    {
        var quote = await QuoteAsync(new { items = TwoMugs, currency = "JPY", shippingAddress = new { country = "JP" }, shippingOption = "express" });

        // 1600 * 10/110 = 145.45, 2990 * 10/110 = 271.8
        Assert.Equal(("1600", "2990", "417", "4590"), Figures(quote));
    }

    [Fact]
    public async Task Goods_that_are_collected_cost_their_prices()
    {
        var quote = await QuoteAsync(new { items = TwoMugs });

        Assert.Equal("11.00", quote.GetProperty("total").GetRawText());
        Assert.Equal(JsonValueKind.Null, quote.GetProperty("shipping").ValueKind);
    }

    [Fact]
    public async Task Every_option_is_offered_with_its_price_and_shipping_is_free_above_a_threshold()
    {
        object[] items = [new { sku = "KETTLE-1L", quantity = 4 }];

        var shipping = (await QuoteAsync(new { items, shippingAddress = new { country = "US", region = "OR" } })).GetProperty("shipping");

        // 4 x 19.99 is above 75; express: 14.95 + 4 x 4.00 for 4.8 kg
        Assert.Equal(
            [("standard", "0.00"), ("express", "30.95")],
            shipping.GetProperty("options").EnumerateArray().Select(option => (option.GetProperty("code").GetString(), option.GetProperty("amount").GetRawText())));
    }

    [Fact]
    public async Task Without_items_the_cart_is_quoted_in_its_currency()
    {
        orders.Carts.Fill("guest:quoted", "EUR", new CartItem("MUG", 3));

        using var answer = await orders.Guest("quoted").PostAsJsonAsync("/checkout/quote", new { });
        using var none = await orders.Guest("unknown").PostAsJsonAsync("/checkout/quote", new { });

        var quote = await answer.JsonAsync();
        Assert.Equal(("14.97", "EUR"), (quote.GetProperty("total").GetRawText(), quote.GetProperty("currency").GetString()));
        Assert.Equal(["items"], await none.WrongFieldsAsync());
    }

    [Fact]
    public async Task Placing_charges_what_was_quoted()
    {
        var address = new { name = "Anna", line1 = "1 Main St", city = "New York", postalCode = "10001", country = "US", region = "NY" };
        object[] items = [new { sku = "KETTLE-2L", quantity = 2 }, new { sku = "MUG", quantity = 1 }];
        var request = new { items, shippingAddress = address, shippingOption = "express" };

        var quote = await QuoteAsync(request);
        using var placed = await OrdersUnderTest.PlaceAsync(orders.ClientOf(), request);

        var order = await placed.JsonAsync();
        Assert.Equal(quote.GetProperty("total").GetDecimal(), order.GetProperty("total").GetDecimal());
        Assert.Equal(quote.GetProperty("tax").GetDecimal(), order.GetProperty("tax").GetDecimal());
        Assert.Equal("express", order.GetProperty("shippingOption").GetString());
    }

    [Theory]
    [InlineData("""{"items":[{"sku":"MUG","quantity":1}],"shippingOption":"express"}""", "shippingAddress")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":1}],"shippingAddress":{"country":"US"}}""", "shippingAddress.region")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":1}],"shippingAddress":{"country":"DE"},"shippingOption":"drone"}""", "shippingOption")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":1}],"shippingAddress":{}}""", "shippingAddress.country")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":1}],"shippingAddress":{"country":"DE","city":"A\u0000B"}}""", "shippingAddress.city")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":-1}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":3000000000}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":"two"}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":"M\u0000UG","quantity":1}]}""", "items[0].sku")]
    [InlineData("""{"items":[{"sku":"MUG","quantity":1}],"currency":"XXX"}""", "currency")]
    [InlineData("""{"items":[{"sku":"BOOK","quantity":1}],"currency":"USD"}""", "items[0].sku")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var refused = await orders.Guest().PostAsync("/checkout/quote", content);

        Assert.Equal([field], await refused.WrongFieldsAsync());
    }

    [Fact]
    public async Task Without_cart_or_catalogue_there_is_no_quote_but_an_honest_answer()
    {
        orders.Carts.Down = true;
        using var refused = await orders.Guest("any").PostAsJsonAsync("/checkout/quote", new { });
        orders.Carts.Down = false;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
    }

    private async Task<JsonElement> QuoteAsync(object request)
    {
        using var answer = await orders.Guest().PostAsJsonAsync("/checkout/quote", request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static (string, string, string, string) Figures(JsonElement quote) => (
        quote.GetProperty("subtotal").GetRawText(),
        quote.GetProperty("shipping").GetProperty("amount").GetRawText(),
        quote.GetProperty("tax").GetRawText(),
        quote.GetProperty("total").GetRawText());
}
