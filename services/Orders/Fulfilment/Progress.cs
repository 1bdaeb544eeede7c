using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Fulfilment;

/// <summary>How far a paid order has come, by what became of its pieces.</summary>
internal static class Progress
{
    /// <summary>Puts the order into the state that its pieces are in, and into its history.</summary>
    public static void Follow(this OrdersDbContext db, Order order, DateTimeOffset now)
    {
        var state = StateOf(order.Lines);
        if (state != order.State)
            db.StatusChanges.Add(order.Enter(state, now));
    }

    public static OrderState StateOf(IReadOnlyCollection<OrderedItem> lines) => lines switch
    {
        _ when lines.All(line => line.Returned == line.Quantity) => OrderState.Returned,
        _ when lines.All(line => line.Delivered == line.Quantity) => OrderState.Delivered,
        _ when lines.All(line => line.Shipped == line.Quantity) => OrderState.Shipped,
        _ when lines.Any(line => line.Shipped > 0) => OrderState.PartlyShipped,
        _ => OrderState.Confirmed,
    };
}
