using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Fulfilment;

/// <summary>POST /admin/orders/{id}/shipments: packs the named pieces into a parcel, or all that are left.</summary>
internal sealed class PackShipment(OrdersDbContext db, TimeProvider time)
{
    public static Task<Results<Created<ShipmentView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid id, PackRequest request, OrderChange change, PackShipment handler, CancellationToken cancellationToken) =>
        change.CreateAsync(
            id, request, OrdersJsonContext.Default.PackRequest, OrdersJsonContext.Default.ShipmentView,
            order => Task.FromResult(handler.Pack(order, request)), cancellationToken);

    private Outcome<ShipmentView> Pack(Order order, PackRequest request)
    {
        if (ParcelLabel.Check(request.Carrier, request.TrackingNumber).Problem is { } invalid)
            return invalid;

        if (order.State is not (OrderState.Confirmed or OrderState.PartlyShipped))
            return Problems.Conflict("order-not-packable", $"The order is {order.Status}: nothing of it can be packed.");

        var pieces = Pieces.Of(order, request.Lines, line => line.Quantity - line.Packed, "packed");
        if (!pieces.IsSuccess)
            return pieces.Failed<ShipmentView>();

        var now = time.GetUtcNow();
        var shipment = new Shipment
        {
            Id = Guid.CreateVersion7(now),
            OrderId = order.Id,
            Carrier = request.Carrier,
            TrackingNumber = request.TrackingNumber,
            PackedAt = now,
        };
        foreach (var (line, quantity) in pieces.Value!)
        {
            line.Packed += quantity;
            shipment.Lines.Add(new() { Position = line.Position, Sku = line.Sku, Quantity = quantity });
        }

        db.Shipments.Add(shipment);
        return ShipmentView.Of(shipment);
    }
}
