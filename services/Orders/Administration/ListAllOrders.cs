using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Administration;

/// <summary>GET /admin/orders: everybody's, newest first, or those that a filter leaves.</summary>
internal static class ListAllOrders
{
    public static async Task<Results<Ok<AdminOrderPage>, ValidationProblem>> HandleAsync(
        [AsParameters] OrderFilter filter, OrdersDbContext db, CancellationToken cancellationToken, int? limit = null, string? next = null)
    {
        var validator = new Validator();
        var keyset = Keyset.Read(limit, next, validator);
        filter.Check(validator);
        if (validator.Problem is { } invalid)
            return invalid;

        var orders = filter.Of(db);
        var (page, following) = await keyset.PageAsync(orders, cancellationToken);
        return TypedResults.Ok(new AdminOrderPage(page.ConvertAll(AdminOrderRow.Of), await orders.CountAsync(cancellationToken), following));
    }
}
