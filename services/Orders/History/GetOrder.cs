using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

/// <summary>GET /orders/{id}: somebody else's order is not found.</summary>
internal static class GetOrder
{
    public static async Task<Results<Ok<OrderView>, ProblemHttpResult>> HandleAsync(
        Guid id, CurrentUser caller, OrdersDbContext db, CancellationToken cancellationToken)
    {
        var order = await db.Orders.AsNoTracking()
            .VisibleTo(caller)
            .Include(o => o.Lines)
            .SingleOrDefaultAsync(o => o.Id == id, cancellationToken);

        return order is null ? Problems.NotFound($"There is no order {id}.") : TypedResults.Ok(OrderView.Of(order));
    }
}
