using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Administration;

/// <summary>GET /admin/orders/{id}: the order with its timeline and its money.</summary>
internal static class GetOrderDetails
{
    public static async Task<Results<Ok<AdminOrderView>, ProblemHttpResult>> HandleAsync(
        Guid id, OrdersDbContext db, CancellationToken cancellationToken)
    {
        if (await db.ReadAsync(id, cancellationToken) is not { } order)
            return Problems.NotFound($"There is no order {id}.");

        var view = await db.DescribeAsync(order, cancellationToken);
        var changes = await db.StatusChanges.AsNoTracking().Where(change => change.OrderId == id).ToListAsync(cancellationToken);
        return TypedResults.Ok(new AdminOrderView(
            view,
            order.UserId,
            order.Email,
            order.PaymentMethod,
            order.PaymentId,
            order.Deadline,
            new Money(order.Captured, order.Currency).ToDecimal(),
            SumOf(view, RefundState.Paid),
            SumOf(view, RefundState.Requested),
            order.RatesVersion,
            [.. Timeline(view, changes).OrderBy(entry => entry.At)]));
    }

    private static decimal SumOf(OrderView view, RefundState state) =>
        view.Refunds?.Where(refund => refund.Status == state).Sum(refund => refund.Amount) ?? 0;

    private static IEnumerable<TimelineEntry> Timeline(OrderView view, IEnumerable<StatusChange> changes) =>
        changes.Select(change => new TimelineEntry(change.At, change.State.ToString(), change.Reason))
            .Concat((view.Shipments ?? []).SelectMany(Of))
            .Concat((view.Returns ?? []).Select(entity => new TimelineEntry(entity.RequestedAt, "ReturnRequested", entity.Reason, entity.Id)))
            .Concat((view.Refunds ?? []).SelectMany(Of));

    private static IEnumerable<TimelineEntry> Of(ShipmentView shipment)
    {
        yield return new(shipment.PackedAt, "ParcelPacked", null, shipment.Id);
        if (shipment.ShippedAt is { } shipped)
            yield return new(shipped, "ParcelShipped", $"{shipment.Carrier} {shipment.TrackingNumber}".Trim(), shipment.Id);
        if (shipment.DeliveredAt is { } delivered)
            yield return new(delivered, "ParcelDelivered", null, shipment.Id);
    }

    private static IEnumerable<TimelineEntry> Of(RefundView refund)
    {
        yield return new(refund.RequestedAt, "RefundRequested", $"{refund.Amount} {refund.Currency}: {refund.Reason}", refund.Id);
        if (refund.SettledAt is { } settled)
            yield return new(settled, $"Refund{refund.Status}", refund.Failure, refund.Id);
    }
}
