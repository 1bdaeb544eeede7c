using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// POST /order and POST /create-order, as clients of an older system send them: one product, and neither an account nor an e-mail address
/// nor an Idempotency-Key, though each is taken. The order is like any other.
/// </summary>
internal static class PlaceSimpleOrder
{
    private const string Product = "product";
    private const string Quantity = "quantity";

    public static async Task<Results<Created<SimpleOrderAnswer>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        SimpleOrderRequest body,
        Shopper shopper,
        GuestCheckout guests,
        OrdersDbContext db,
        Quoting quoting,
        OrdersOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(Texts.IsLine(body.Product, 40), Product, "must be the id of a product or a SKU");
        validator.Check(body.Quantity is >= 1 and <= OrderRules.MostOfOneSku, Quantity, OrderRules.WrongQuantity);
        if (validator.Problem is { } invalid)
            return invalid;

        // Nothing but the key tells such guests apart, so it has to be one that nobody else chooses.
        if (key is not null && shopper.IsGuest && !IdempotencyKey.IsUnique(key))
            return IdempotencyKey.NotUnique();

        var item = Guid.TryParse(body.Product, out _)
            ? new RequestedItem(Sku: null, ProductId: body.Product, body.Quantity)
            : new RequestedItem(Sku: body.Product, ProductId: null, body.Quantity);
        var order = new PlaceOrderRequest([item], Currency: null, ShippingAddress: null, ShippingOption: null, PaymentMethod: null, Email: null);

        var placed = await PlaceOrder.PlaceAsync(key ?? IdempotencyKey.New(), order, validator, shopper, guests, db, quoting, options, time, cancellationToken);
        return placed.Result switch
        {
            PlacedAnswer answer => TypedResults.Created($"/orders/{answer.OrderId}", new SimpleOrderAnswer(answer.OrderId, OrderStatus.Pending)),
            ValidationProblem problem => InItsOwnWords(problem),
            ProblemHttpResult problem => problem,
            _ => throw new InvalidOperationException($"Unknown result {placed.Result}."),
        };
    }

    // The order has a list of items, and this request just the one.
    private static ValidationProblem InItsOwnWords(ValidationProblem problem) => Problems.Invalid(problem.ProblemDetails.Errors
        .GroupBy(error => error.Key.EndsWith(Quantity, StringComparison.Ordinal) ? Quantity : Product)
        .ToDictionary(errors => errors.Key, errors => errors.SelectMany(error => error.Value).ToArray()));
}
