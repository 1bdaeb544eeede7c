using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Administration;

/// <summary>GET /admin/orders: everybody's, newest first, of one status if it is named.</summary>
internal static class ListAllOrders
{
    public static async Task<Results<Ok<AdminOrderPage>, ValidationProblem>> HandleAsync(
        OrdersDbContext db, CancellationToken cancellationToken, string? status = null, int? limit = null, string? next = null)
    {
        var validator = new Validator();
        var keyset = Keyset.Read(limit, next, validator);
        var wanted = OrderStatus.Pending;
        validator.Check(
            status is null || (Enum.TryParse(status, ignoreCase: true, out wanted) && Enum.IsDefined(wanted) && !char.IsAsciiDigit(status[0])),
            "status",
            $"must be one of {string.Join(", ", Enum.GetNames<OrderStatus>())}");
        if (validator.Problem is { } invalid)
            return invalid;

        var orders = db.Orders.AsNoTracking();
        if (status is not null)
        {
            var states = Enum.GetValues<OrderState>().Where(state => Order.StatusOf(state) == wanted).ToArray();
            orders = orders.Where(order => states.Contains(order.State));
        }

        // ix_orders_state_id, or pk_orders for all of them.
        var (page, following) = await keyset.PageAsync(orders, cancellationToken);
        return TypedResults.Ok(new AdminOrderPage(page.ConvertAll(AdminOrderRow.Of), await orders.CountAsync(cancellationToken), following));
    }
}
