using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

/// <summary>GET /orders: one's own, newest first; an administrator's list has everybody's, or those of one user.</summary>
internal static class ListOrders
{
    public static async Task<Results<Ok<OrderPage>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Shopper caller, OrdersDbContext db, CancellationToken cancellationToken, int? limit = null, string? next = null, string? userId = null)
    {
        var validator = new Validator();
        var keyset = Keyset.Read(limit, next, validator);
        validator.Check(userId is null || Texts.IsLine(userId, 64), "userId", "must be the id of a user");
        if (validator.Problem is { } invalid)
            return invalid;

        if (userId is not null && userId != caller.UserId && !caller.IsAdmin)
            return Problems.Forbidden("These are somebody else's orders.");

        var visible = db.Orders.AsNoTracking().VisibleTo(caller);
        if (userId is not null)
            visible = visible.Where(order => order.UserId == userId);

        // ix_orders_user_id_id, or pk_orders for everybody's.
        var (page, following) = await keyset.PageAsync(visible, cancellationToken);
        return TypedResults.Ok(new OrderPage(page.ConvertAll(OrderView.Of), await visible.CountAsync(cancellationToken), following));
    }
}
