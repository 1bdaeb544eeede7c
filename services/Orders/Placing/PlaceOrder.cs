using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Pricing;
using ShopFlow.Orders.Promotions;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// POST /orders. The answer is an order that is Pending: whether its goods are there and its payment goes through is decided by
/// the checkout, and told by GET /orders/{id} and its event stream.
/// </summary>
internal static class PlaceOrder
{
    public static Task<Results<PlacedAnswer, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? key,
        PlaceOrderRequest body,
        Shopper shopper,
        GuestCheckout guests,
        OrdersDbContext db,
        Quoting quoting,
        OrdersOptions options,
        TimeProvider time,
        CancellationToken cancellationToken) =>
        PlaceAsync(key, body, OrderRules.Check(body, shopper.IsGuest), shopper, guests, db, quoting, options, time, cancellationToken);

    /// <param name="key">The Idempotency-Key. Whoever names the user, as clients of older systems do, may leave it out: each request is then one of its own.</param>
    /// <param name="body">The order.</param>
    /// <param name="validator">What was found wrong with it.</param>
    /// <param name="shopper">The caller.</param>
    /// <param name="guests">Says whether guests may order.</param>
    /// <param name="db">The service's database.</param>
    /// <param name="quoting">Makes the price.</param>
    /// <param name="options">The service's settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    public static async Task<Results<PlacedAnswer, ValidationProblem, ProblemHttpResult>> PlaceAsync(
        string? key,
        PlaceOrderRequest body,
        Validator validator,
        Shopper shopper,
        GuestCheckout guests,
        OrdersDbContext db,
        Quoting quoting,
        OrdersOptions options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        key ??= body.UserId is null ? null : IdempotencyKey.New();
        if (!IdempotencyKey.IsValid(key))
            return IdempotencyKey.Required();
        if (body.UserId is { } owner && owner != shopper.UserId && !shopper.IsAdmin)
            return Problems.Forbidden("Orders are placed for oneself.");
        if (validator.Problem is { } invalid)
            return invalid;

        var request = body.WithDefaults();
        var understood = JsonSerializer.SerializeToUtf8Bytes(request, OrdersJsonContext.Default.PlaceOrderRequest);
        var claim = IdempotencyKey.Of(shopper, request.Email, key!, understood);
        if (await db.FindAnswerAsync(claim, cancellationToken) is { } earlier)
            return AnswerAgain(earlier, claim, key!);
        if (await guests.RefusalAsync() is { } refused)
            return refused;

        var customer = request.UserId ?? claim.Owner;
        QuotedBasket? basket;
        try
        {
            basket = await quoting.QuoteAsync(request.Basket, shopper.CartKeyFor(request.UserId), customer, validator, cancellationToken);
        }
        catch (NoAnswerException outage)
        {
            return outage.Problem;
        }

        // What is refused now may be what a twin was given a moment ago: a coupon's last redemption.
        if (basket is null)
            return await db.FindAnswerAsync(claim, cancellationToken) is { } meanwhile ? AnswerAgain(meanwhile, claim, key!) : validator.Problem!;

        var salt = shopper.IsGuest ? GuestAccess.NewSalt() : null;
        var order = NewOrder.From(request, basket.Quote, request.UserId ?? shopper.UserId, AccessHash(key!, salt), options, time.GetUtcNow());
        var answer = JsonSerializer.Serialize(OrderView.Of(order), OrdersJsonContext.Default.OrderView);
        var placed = claim.Answered(order.Id, StatusCodes.Status201Created, answer, order.CreatedAt, salt);
        try
        {
            if (await db.TryInsertAsync(order, customer, placed, db.ToOutboxMessage(EventOf(order, basket.Cart)), cancellationToken))
                return new PlacedAnswer(placed, AccessKey(key!, salt));
        }
        catch (PostgresException e) when (Coupons.RefusalIn(e) is { } why)
        {
            return Problems.Invalid(Coupons.Field, why);
        }

        var twin = await db.FindAnswerAsync(claim, cancellationToken)
            ?? throw new InvalidOperationException("The answer of the first request was deleted while its twin waited for it.");
        return AnswerAgain(twin, claim, key!);
    }

    private static OrderPlaced EventOf(Order order, Cart? cart) => new(
        order.Id,
        order.UserId,
        order.Email,
        [.. order.Lines.Select(line => new OrderLine(line.Sku, line.ProductId, line.Name, line.Quantity, line.UnitPrice))],
        order.Total,
        order.Currency,
        cart?.Id,
        cart?.Version ?? 0);

    private static Results<PlacedAnswer, ValidationProblem, ProblemHttpResult> AnswerAgain(PlacedRequest earlier, IdempotencyKey claim, string key) =>
        claim.IsOf(earlier) ? new PlacedAnswer(earlier, AccessKey(key, earlier.AccessSalt)) : IdempotencyKey.Reused();

    private static string? AccessKey(string key, byte[]? salt) => salt is null ? null : GuestAccess.KeyOf(key, salt);

    private static byte[]? AccessHash(string key, byte[]? salt) => AccessKey(key, salt) is { } access ? GuestAccess.HashOf(access) : null;
}
