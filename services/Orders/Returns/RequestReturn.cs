using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Fulfilment;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Returns;

/// <summary>POST /orders/{id}/returns: the shopper wants to send delivered pieces back, within the window after the last delivery.</summary>
internal sealed class RequestReturn(OrdersDbContext db, OrdersOptions options, TimeProvider time)
{
    public const int LongestReason = 200;

    public static Task<Results<Created<ReturnView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid id, ReturnRequest request, OrderChange change, RequestReturn handler, CancellationToken cancellationToken) =>
        change.CreateAsync(
            id, request, OrdersJsonContext.Default.ReturnRequest, OrdersJsonContext.Default.ReturnView,
            order => handler.RequestAsync(order, request, cancellationToken), cancellationToken);

    private async Task<Outcome<ReturnView>> RequestAsync(Order order, ReturnRequest request, CancellationToken cancellationToken)
    {
        if (!Texts.IsLine(request.Reason, LongestReason))
            return Problems.Invalid("reason", $"must have 1 to {LongestReason} characters");

        var pieces = Pieces.Of(order, request.Lines, line => line.Delivered - line.Returned - line.Returning, "returned");
        if (!pieces.IsSuccess)
            return pieces.Failed<ReturnView>();

        // ix_shipments_order_id
        var now = time.GetUtcNow();
        var lastDelivery = await db.Shipments
            .Where(shipment => shipment.OrderId == order.Id)
            .MaxAsync(shipment => shipment.DeliveredAt, cancellationToken);
        if (now > lastDelivery + options.ReturnWindow)
            return Problems.Conflict("return-window-over", $"Goods can be sent back until {lastDelivery + options.ReturnWindow:yyyy-MM-dd}.");

        var entity = new Return { Id = Guid.CreateVersion7(now), OrderId = order.Id, Reason = request.Reason!, RequestedAt = now };
        foreach (var (line, quantity) in pieces.Value!)
        {
            line.Returning += quantity;
            entity.Lines.Add(new() { Position = line.Position, Sku = line.Sku, Quantity = quantity });
        }

        db.Returns.Add(entity);
        return ReturnView.Of(entity);
    }
}
