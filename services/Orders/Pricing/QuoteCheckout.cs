using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Pricing;

/// <summary>POST /checkout/quote: what POST /orders would charge for the same request at this moment. It promises and stores nothing.</summary>
internal static class QuoteCheckout
{
    public static async Task<Results<Ok<QuoteView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        QuoteRequest request, Shopper shopper, Quoting quoting, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        OrderRules.CheckBasket(validator, request);
        if (validator.Problem is { } invalid)
            return invalid;

        try
        {
            var basket = await quoting.QuoteAsync(request, shopper.CartKey, shopper.UserId, validator, cancellationToken);
            return basket is null ? validator.Problem! : TypedResults.Ok(QuoteView.Of(basket.Quote));
        }
        catch (NoAnswerException outage)
        {
            return outage.Problem;
        }
    }
}
