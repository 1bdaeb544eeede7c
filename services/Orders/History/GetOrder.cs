using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

/// <summary>GET /orders/{id}: somebody else's order is not found.</summary>
internal static class GetOrder
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> HandleAsync(
        Guid id, Shopper caller, OrdersDbContext db, CancellationToken cancellationToken)
    {
        var order = await db.ReadAsync(id, cancellationToken);
        return order is not null && caller.MaySee(order)
            ? TypedResults.Ok(await db.DescribeAsync(order, cancellationToken))
            : Problems.NotFound($"There is no order {id}.");
    }
}
