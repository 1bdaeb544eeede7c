using ShopFlow.Orders.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.History;

internal static class OrderQueries
{
    /// <summary>One's own orders; for an administrator, all.</summary>
    public static IQueryable<Order> VisibleTo(this IQueryable<Order> orders, CurrentUser caller)
    {
        if (caller.IsAdmin)
            return orders;

        var userId = caller.Id;
        return orders.Where(order => order.UserId == userId);
    }
}
