using ShopFlow.Orders.Data;
using ShopFlow.Orders.Placing;

namespace ShopFlow.Orders.History;

internal static class OrderQueries
{
    /// <summary>One's own orders; a guest's with their key; for an administrator, all.</summary>
    public static IQueryable<Order> VisibleTo(this IQueryable<Order> orders, Shopper caller)
    {
        if (caller.IsAdmin)
            return orders;

        // A missing key must not equal the missing hash of an order that has no key.
        var userId = caller.UserId ?? "";
        return caller.OrderKeyHash is { } shown
            ? orders.Where(order => order.UserId == userId || order.AccessKeyHash == shown)
            : orders.Where(order => order.UserId == userId);
    }

    public static bool MaySee(this Shopper caller, Order order) =>
        caller.IsAdmin
        || order.UserId == caller.UserId
        || (order.AccessKeyHash is { } hash && caller.OrderKeyHash is { } shown && hash.AsSpan().SequenceEqual(shown));
}
