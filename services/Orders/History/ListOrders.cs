using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

/// <summary>GET /orders: one's own, newest first; an administrator's list has everybody's, or those of one user.</summary>
internal static class ListOrders
{
    private const int DefaultLimit = 20;
    private const int MostAtOnce = 100;

    public static async Task<Results<Ok<OrderPage>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Shopper caller, OrdersDbContext db, CancellationToken cancellationToken, int? limit = null, string? next = null, string? userId = null)
    {
        var before = Guid.Empty;
        var size = limit ?? DefaultLimit;
        var validator = new Validator();
        validator.Check(size is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(string.IsNullOrEmpty(next) || Guid.TryParseExact(next, "N", out before), "next", "must be what an earlier page gave");
        if (validator.Problem is { } invalid)
            return invalid;

        if (userId is not null && userId != caller.UserId && !caller.IsAdmin)
            return Problems.Forbidden("These are somebody else's orders.");

        var visible = db.Orders.AsNoTracking().VisibleTo(caller);
        if (userId is not null)
            visible = visible.Where(order => order.UserId == userId);

        // ix_orders_user_id_id, or pk_orders for everybody's; ids are in the order of time.
        var page = string.IsNullOrEmpty(next) ? visible : visible.Where(order => order.Id.CompareTo(before) < 0);
        var orders = await page.OrderByDescending(order => order.Id).Take(size + 1).Include(order => order.Lines).ToListAsync(cancellationToken);
        var total = await visible.CountAsync(cancellationToken);

        var shown = orders.Take(size).ToList();
        return TypedResults.Ok(new OrderPage(
            [.. shown.Select(OrderView.Of)],
            total,
            orders.Count > size ? shown[^1].Id.ToString("N") : null));
    }
}
