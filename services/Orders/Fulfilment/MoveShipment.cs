using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Fulfilment;

/// <summary>
/// POST /admin/orders/{id}/shipments/{shipmentId}/ship and /deliver, and DELETE of a parcel that has not left. A step that was taken
/// is not taken again: repeating it changes nothing.
/// </summary>
internal sealed class MoveShipment(OrdersDbContext db, TimeProvider time)
{
    private static readonly ShipRequest AsPacked = new(null, null);

    public static Task<Results<Ok<ShipmentView>, ValidationProblem, ProblemHttpResult>> ShipAsync(
        Guid id, Guid shipmentId, ShipRequest? request, OrderChange change, MoveShipment handler, CancellationToken cancellationToken) =>
        change.ChangeAsync(
            id, request ?? AsPacked, OrdersJsonContext.Default.ShipRequest, OrdersJsonContext.Default.ShipmentView,
            order => handler.MoveAsync(order, shipmentId, shipment => handler.Ship(order, shipment, request ?? AsPacked), cancellationToken),
            cancellationToken);

    public static Task<Results<Ok<ShipmentView>, ValidationProblem, ProblemHttpResult>> DeliverAsync(
        Guid id, Guid shipmentId, OrderChange change, MoveShipment handler, CancellationToken cancellationToken) =>
        change.ChangeAsync(
            id, AsPacked, OrdersJsonContext.Default.ShipRequest, OrdersJsonContext.Default.ShipmentView,
            order => handler.MoveAsync(order, shipmentId, shipment => handler.Deliver(order, shipment), cancellationToken), cancellationToken);

    public static Task<Results<Ok<ShipmentView>, ValidationProblem, ProblemHttpResult>> UnpackAsync(
        Guid id, Guid shipmentId, OrderChange change, MoveShipment handler, CancellationToken cancellationToken) =>
        change.ChangeAsync(
            id, AsPacked, OrdersJsonContext.Default.ShipRequest, OrdersJsonContext.Default.ShipmentView,
            order => handler.MoveAsync(order, shipmentId, shipment => handler.Unpack(order, shipment), cancellationToken), cancellationToken);

    private async Task<Outcome<ShipmentView>> MoveAsync(
        Order order, Guid shipmentId, Func<Shipment, Outcome<ShipmentView>> move, CancellationToken cancellationToken)
    {
        var shipment = await db.Shipments
            .Include(shipment => shipment.Lines)
            .AsTracking()
            .SingleOrDefaultAsync(shipment => shipment.Id == shipmentId && shipment.OrderId == order.Id, cancellationToken);
        return shipment is null ? Problems.NotFound($"The order has no shipment {shipmentId}.") : move(shipment);
    }

    private Outcome<ShipmentView> Ship(Order order, Shipment shipment, ShipRequest request)
    {
        if (shipment.State is not ShipmentState.Packed)
            return ShipmentView.Of(shipment);

        shipment.Carrier = request.Carrier ?? shipment.Carrier;
        shipment.TrackingNumber = request.TrackingNumber ?? shipment.TrackingNumber;
        var validator = ParcelLabel.Check(shipment.Carrier, shipment.TrackingNumber);
        if (order.ShippingAddress is not null)
        {
            validator.Check(shipment.Carrier is not null, "carrier", "is required");
            validator.Check(shipment.TrackingNumber is not null, "trackingNumber", "is required");
        }

        if (validator.Problem is { } invalid)
            return invalid;

        shipment.State = ShipmentState.Shipped;
        shipment.ShippedAt = time.GetUtcNow();
        foreach (var (line, quantity) in PiecesOf(order, shipment))
            line.Shipped += quantity;

        db.Follow(order, time.GetUtcNow());
        db.Publish(new OrderShipped(
            order.Id,
            shipment.Id,
            order.UserId,
            order.Email,
            shipment.Carrier ?? "",
            shipment.TrackingNumber ?? "",
            [.. shipment.Lines.Select(line => new SkuQuantity(line.Sku, line.Quantity))]));
        return ShipmentView.Of(shipment);
    }

    private Outcome<ShipmentView> Deliver(Order order, Shipment shipment)
    {
        if (shipment.State is ShipmentState.Packed)
            return Problems.Conflict("shipment-not-shipped", "The parcel has not been shipped.");

        if (shipment.State is ShipmentState.Delivered)
            return ShipmentView.Of(shipment);

        shipment.State = ShipmentState.Delivered;
        shipment.DeliveredAt = time.GetUtcNow();
        foreach (var (line, quantity) in PiecesOf(order, shipment))
            line.Delivered += quantity;

        db.Follow(order, time.GetUtcNow());
        db.Publish(new OrderDelivered(
            order.Id, shipment.Id, order.UserId, order.Email, IsComplete: order.Lines.TrueForAll(line => line.Delivered == line.Quantity)));
        return ShipmentView.Of(shipment);
    }

    private Outcome<ShipmentView> Unpack(Order order, Shipment shipment)
    {
        if (shipment.State is not ShipmentState.Packed)
            return Problems.Conflict("shipment-left", "The parcel has left.");

        foreach (var (line, quantity) in PiecesOf(order, shipment))
            line.Packed -= quantity;

        db.Shipments.Remove(shipment);
        return ShipmentView.Of(shipment);
    }

    private static IEnumerable<(OrderedItem Line, int Quantity)> PiecesOf(Order order, Shipment shipment) =>
        shipment.Lines.Select(packed => (order.Lines.Single(line => line.Position == packed.Position), packed.Quantity));
}
