using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>Reads an order for show.</summary>
internal static class OrderReading
{
    // pk_orders, pk_order_lines. The read that shoppers repeat most: its plan is made once.
    private static readonly Func<OrdersDbContext, Guid, CancellationToken, Task<Order?>> Query = EF.CompileAsyncQuery(
        (OrdersDbContext db, Guid id, CancellationToken _) =>
            db.Orders.AsNoTracking().Include(order => order.Lines).SingleOrDefault(order => order.Id == id));

    /// <summary>With its lines.</summary>
    public static Task<Order?> ReadAsync(this OrdersDbContext db, Guid id, CancellationToken cancellationToken) => Query(db, id, cancellationToken);

    /// <summary>With what became of it: parcels, returns, refunds. An order that nothing has become of yet costs no more queries.</summary>
    public static async Task<OrderView> DescribeAsync(this OrdersDbContext db, Order order, CancellationToken cancellationToken)
    {
        var view = OrderView.Of(order);

        if (order.Lines.Exists(line => line.Packed > 0))
        {
            // ix_shipments_order_id, ix_returns_order_id
            var shipments = await db.Shipments.AsNoTracking().Include(s => s.Lines)
                .Where(s => s.OrderId == order.Id).OrderBy(s => s.Id).ToListAsync(cancellationToken);
            var returns = await db.Returns.AsNoTracking().Include(r => r.Lines)
                .Where(r => r.OrderId == order.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
            view = view with { Shipments = shipments.ConvertAll(ShipmentView.Of), Returns = returns.ConvertAll(ReturnView.Of) };
        }

        if (order.PaymentId is not null && (order.State is OrderState.Cancelled || view.Shipments is not null))
        {
            // ix_refunds_order_id
            var refunds = await db.Refunds.AsNoTracking().Where(r => r.OrderId == order.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
            view = view with { Refunds = refunds.ConvertAll(refund => RefundView.Of(refund, order.Currency)) };
        }

        return view;
    }
}
