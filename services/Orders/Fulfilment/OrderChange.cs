using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Fulfilment;

/// <summary>
/// One change of one order, in one transaction that holds the order's lock from its first statement on: of two people who ship,
/// take back or refund the same piece the second sees what the first did. With an Idempotency-Key a repetition gets the first answer.
/// </summary>
internal sealed class OrderChange(OrdersDbContext db, Shopper caller, IHttpContextAccessor http, TimeProvider time)
{
    /// <param name="id">The order.</param>
    /// <param name="request">What a repetition has to equal.</param>
    /// <param name="requestType">How the request is written.</param>
    /// <param name="answerType">How the answer is kept.</param>
    /// <param name="change">Called with the locked order and its lines; what it has changed is saved unless it returns a problem.</param>
    /// <param name="cancellationToken">Ends the transaction.</param>
    public async Task<Results<Created<TAnswer>, ValidationProblem, ProblemHttpResult>> CreateAsync<TRequest, TAnswer>(
        Guid id,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TAnswer> answerType,
        Func<Order, Task<Outcome<TAnswer>>> change,
        CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(id, RequestBytes(request, requestType), answerType, StatusCodes.Status201Created, change, cancellationToken);
        return outcome switch
        {
            { Invalid: { } invalid } => invalid,
            { Problem: { } problem } => problem,
            _ => TypedResults.Created($"/orders/{id}", outcome.Value),
        };
    }

    /// <inheritdoc cref="CreateAsync"/>
    public async Task<Results<Ok<TAnswer>, ValidationProblem, ProblemHttpResult>> ChangeAsync<TRequest, TAnswer>(
        Guid id,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TAnswer> answerType,
        Func<Order, Task<Outcome<TAnswer>>> change,
        CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(id, RequestBytes(request, requestType), answerType, StatusCodes.Status200OK, change, cancellationToken);
        return outcome switch
        {
            { Invalid: { } invalid } => invalid,
            { Problem: { } problem } => problem,
            _ => TypedResults.Ok(outcome.Value),
        };
    }

    private async Task<Outcome<TAnswer>> RunAsync<TAnswer>(
        Guid id,
        byte[] request,
        JsonTypeInfo<TAnswer> answerType,
        int status,
        Func<Order, Task<Outcome<TAnswer>>> change,
        CancellationToken cancellationToken)
    {
        var key = http.HttpContext!.Request.Headers[IdempotencyKey.Header] is [{ Length: > 0 } given] ? given : null;
        if (key is not null && !IdempotencyKey.IsValid(key))
            return IdempotencyKey.Required();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var order = await db.LockAsync(id, cancellationToken);
        if (order is null || !caller.MaySee(order))
            return Problems.NotFound($"There is no order {id}.");

        var claim = key is null ? null : IdempotencyKey.Of(caller, order.Email, key, request);
        if (claim is not null && await db.FindAnswerAsync(claim, cancellationToken) is { } earlier)
            return claim.IsOf(earlier) ? JsonSerializer.Deserialize(earlier.Answer, answerType)! : IdempotencyKey.Reused();

        await db.LoadLinesAsync(order, cancellationToken);
        var outcome = await change(order);
        if (!outcome.IsSuccess)
            return outcome;

        if (claim is not null)
            db.PlacedRequests.Add(claim.Answered(id, status, JsonSerializer.Serialize(outcome.Value!, answerType), time.GetUtcNow()));

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: OrdersDbContext.PlacedRequestsKey })
        {
            // The lock keeps twins apart, so this key was used for another order at the same moment.
            return IdempotencyKey.Reused();
        }

        await transaction.CommitAsync(cancellationToken);
        return outcome;
    }

    // The same body means something else at another address.
    private byte[] RequestBytes<TRequest>(TRequest request, JsonTypeInfo<TRequest> type) =>
        [.. Encoding.UTF8.GetBytes(http.HttpContext!.Request.Path.Value!), .. JsonSerializer.SerializeToUtf8Bytes(request, type)];
}
