using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// POST /orders. The answer is an order that is Pending: whether its goods are there and its payment goes through is decided by
/// the checkout, and told by GET /orders/{id} and its event stream.
/// </summary>
internal static class PlaceOrder
{
    public const string KeyHeader = "Idempotency-Key";

    private const int LongestKey = 200;

    public static async Task<Results<PlacedAnswer, ValidationProblem, ProblemHttpResult>> HandleAsync(
        [FromHeader(Name = KeyHeader)] string? key,
        PlaceOrderRequest body,
        CurrentUser caller,
        OrdersDbContext db,
        IdempotentOrders idempotent,
        OrderPricing pricing,
        OrdersOptions options,
        TimeProvider time,
        ILogger<Order> logger,
        CancellationToken cancellationToken)
    {
        if (key is not { Length: >= 1 and <= LongestKey } || !key.All(char.IsAscii))
            return Problems.BadRequest("idempotency-key-required", $"Send the header {KeyHeader} with 1 to {LongestKey} characters of your choice.");

        var request = body.WithDefaults();
        var hash = IdempotentOrders.HashOf(request);
        if (await idempotent.FindAsync(caller.Id, key, cancellationToken) is { } earlier)
            return AnswerAgain(earlier, hash);

        var validator = OrderRules.Check(request);
        if (validator.Problem is { } invalid)
            return invalid;

        List<OrderedItem> lines;
        try
        {
            lines = await pricing.PriceAsync(request, validator, cancellationToken);
        }
        catch (Exception e) when (IsOutage(e, cancellationToken))
        {
            logger.LogWarning("No prices from catalog: {Reason}", e.Message);
            return Problems.Unavailable("The prices can't be looked up at the moment. Try again with the same Idempotency-Key.");
        }

        if (validator.Problem is { } notForSale)
            return notForSale;

        var order = Create(request, lines, caller.Id, options, time.GetUtcNow());
        db.Orders.Add(order);
        db.Publish(new OrderPlaced(
            order.Id,
            order.UserId,
            order.Email,
            [.. lines.Select(line => new OrderLine(line.Sku, line.ProductId, line.Name, line.Quantity, line.UnitPrice))],
            order.Total,
            order.Currency));

        var placed = AnswerOf(order, key, hash);
        return await idempotent.SaveAsync(placed, cancellationToken) is { } twin
            ? AnswerAgain(twin, hash)
            : new PlacedAnswer(placed);
    }

    private static Results<PlacedAnswer, ValidationProblem, ProblemHttpResult> AnswerAgain(PlacedRequest earlier, byte[] hash)
    {
        if (!earlier.RequestHash.AsSpan().SequenceEqual(hash))
            return Problems.Unprocessable("idempotency-key-reused", $"This {KeyHeader} belongs to another request. Use a new one for a new order.");

        return new PlacedAnswer(earlier);
    }

    private static Order Create(PlaceOrderRequest request, List<OrderedItem> lines, string userId, OrdersOptions options, DateTimeOffset now)
    {
        var currency = request.Currency!;
        var total = lines.Aggregate(Money.Zero(currency), (sum, line) => sum + new Money(line.UnitPrice, currency) * line.Quantity);
        return new()
        {
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            Email = request.Email,
            PaymentMethod = request.PaymentMethod!,
            ShippingAddress = request.ShippingAddress,
            Total = total.MinorUnits,
            Currency = currency,
            CreatedAt = now,
            State = CheckoutState.AwaitingStock,
            Deadline = now + options.StockDeadline,
            Lines = lines,
            History = [new() { Step = 1, State = CheckoutState.AwaitingStock, At = now }],
        };
    }

    private static PlacedRequest AnswerOf(Order order, string key, byte[] hash) => new()
    {
        UserId = order.UserId,
        Key = key,
        RequestHash = hash,
        OrderId = order.Id,
        StatusCode = StatusCodes.Status201Created,
        Answer = JsonSerializer.Serialize(OrderView.Of(order), OrdersJsonContext.Default.OrderView),
        CreatedAt = order.CreatedAt,
    };

    // The resilience handler's own exceptions have no common type; what the caller itself cancelled is no outage.
    private static bool IsOutage(Exception e, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested && e is not OutOfMemoryException;
}
