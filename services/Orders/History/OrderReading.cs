using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>The read that shoppers repeat most; its plan is made once.</summary>
internal static class OrderReading
{
    // pk_orders, pk_order_lines
    private static readonly Func<OrdersDbContext, Guid, CancellationToken, Task<Order?>> Query = EF.CompileAsyncQuery(
        (OrdersDbContext db, Guid id, CancellationToken _) =>
            db.Orders.AsNoTracking().Include(order => order.Lines).SingleOrDefault(order => order.Id == id));

    public static Task<Order?> ByIdAsync(OrdersDbContext db, Guid id, CancellationToken cancellationToken) => Query(db, id, cancellationToken);
}
