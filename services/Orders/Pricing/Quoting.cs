using Microsoft.FeatureManagement;
using ShopFlow.Flags;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.Orders.Promotions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>Makes a quote from a request: what is in the basket, what it costs today, where it goes.</summary>
internal sealed class Quoting(
    Carts carts, BasketPricing pricing, CurrentRates rates, CurrentPromotions promotions, Coupons coupons, IFeatureManager flags, ILogger<Quoting> logger)
{
    public const string DefaultCurrency = "USD";

    /// <param name="request">Already checked by <see cref="OrderRules"/>.</param>
    /// <param name="cartKey">The caller's cart, taken when the request has no items.</param>
    /// <param name="customer">Whose limit on a coupon counts; null when it isn't known yet.</param>
    /// <param name="validator">Is told what is wrong with the request.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Null when the validator has been told something.</returns>
    /// <exception cref="NoAnswerException">Cart or catalog can't be asked at the moment.</exception>
    public async Task<QuotedBasket?> QuoteAsync(
        QuoteRequest request, string? cartKey, string? customer, Validator validator, CancellationToken cancellationToken)
    {
        var cart = request.Items is null ? await CartAsync(cartKey, validator, cancellationToken) : null;
        if (!validator.IsValid)
            return null;

        IReadOnlyList<RequestedItem> items = cart is null
            ? [.. request.Items!.Select(item => item!)]
            : [.. cart.Items.Select(item => new RequestedItem(item.Sku, null, item.Quantity))];
        var currency = request.Currency ?? cart?.Currency ?? DefaultCurrency;
        var delivery = request.ShippingAddress is { } address
            ? Delivery.Choose(await rates.GetAsync(cancellationToken), address, request.ShippingOption, currency, validator)
            : null;

        var priced = await AskAsync("catalog", pricing.PriceAsync(items, currency, validator, cancellationToken), cancellationToken);
        if (!validator.IsValid)
            return null;

        if (!await flags.IsEnabledAsync(Flag.Promotions))
        {
            validator.Check(request.PromotionCode is null, Coupons.Field, "cannot be used just now: promotions are switched off");
            return validator.IsValid ? new(Stacking.BestQuote(currency, priced, delivery, []), cart) : null;
        }

        var coupon = request.PromotionCode is { } code ? await coupons.FindAsync(code, customer, validator, cancellationToken) : null;
        if (coupon is not null && WhyNot(coupon) is { } why)
            validator.Add(Coupons.Field, why);
        if (!validator.IsValid)
            return null;

        var holding = (await promotions.GetAsync(cancellationToken)).Where(promotion => WhyNot(promotion) is null);
        var quote = Stacking.BestQuote(currency, priced, delivery, coupon is null ? [.. holding] : [.. holding, coupon]);
        return new(quote with { UnusedCode = quote.Coupon is null ? coupon?.Code : null }, cart);

        string? WhyNot(Promotion promotion) => Eligibility.WhyNot(promotion.Terms, currency, priced, delivery);
    }

    private async Task<Cart?> CartAsync(string? cartKey, Validator validator, CancellationToken cancellationToken)
    {
        var cart = cartKey is null ? null : await AskAsync("cart", carts.GetAsync(cartKey, cancellationToken), cancellationToken);
        validator.Check(cart is { Items.Count: > 0 }, "items", "must be given, for the cart is empty");
        return cart;
    }

    // The resilience handler's own exceptions have no common type; what the caller itself cancelled is no outage.
    private async Task<T> AskAsync<T>(string service, Task<T> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not OutOfMemoryException)
        {
            logger.LogWarning("No answer from {Service}: {Reason}", service, e.Message);
            throw new NoAnswerException(service, e);
        }
    }
}
