using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Fulfilment;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Refunds;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Returns;

/// <summary>
/// POST /admin/orders/{id}/returns/{returnId}/receive and /reject, for any part of it. Received pieces are refunded; when the last
/// piece of the order has come back, so is what was paid for shipping.
/// </summary>
internal sealed class DecideReturn(OrdersDbContext db, Refunding refunding, TimeProvider time)
{
    private const string RefundReason = "Returned";

    private static readonly ReceiveRequest Everything = new(null);

    public static Task<Results<Ok<ReturnView>, ValidationProblem, ProblemHttpResult>> ReceiveAsync(
        Guid id, Guid returnId, ReceiveRequest? request, OrderChange change, DecideReturn handler, CancellationToken cancellationToken) =>
        change.ChangeAsync(
            id, request ?? Everything, OrdersJsonContext.Default.ReceiveRequest, OrdersJsonContext.Default.ReturnView,
            order => handler.DecideAsync(order, returnId, entity => handler.Receive(order, entity, request ?? Everything), cancellationToken),
            cancellationToken);

    public static Task<Results<Ok<ReturnView>, ValidationProblem, ProblemHttpResult>> RejectAsync(
        Guid id, Guid returnId, RejectRequest request, OrderChange change, DecideReturn handler, CancellationToken cancellationToken) =>
        change.ChangeAsync(
            id, request, OrdersJsonContext.Default.RejectRequest, OrdersJsonContext.Default.ReturnView,
            order => handler.DecideAsync(order, returnId, entity => Reject(order, entity, request), cancellationToken),
            cancellationToken);

    private async Task<Outcome<ReturnView>> DecideAsync(
        Order order, Guid returnId, Func<Return, Outcome<ReturnView>> decide, CancellationToken cancellationToken)
    {
        var entity = await db.Returns
            .Include(entity => entity.Lines)
            .AsTracking()
            .SingleOrDefaultAsync(entity => entity.Id == returnId && entity.OrderId == order.Id, cancellationToken);
        return entity is null ? Problems.NotFound($"The order has no return {returnId}.") : decide(entity);
    }

    private Outcome<ReturnView> Receive(Order order, Return entity, ReceiveRequest request)
    {
        var requested = request.Lines?.Select(line => line is null ? null : new PieceRequest(line.Sku, line.Quantity)).ToList();
        var pieces = Pieces.Of(order, requested, line => OpenOf(entity, line), "received");
        if (!pieces.IsSuccess)
            return pieces.Failed<ReturnView>();

        var restocked = new List<SkuQuantity>();
        foreach (var (line, quantity) in pieces.Value!)
        {
            var returned = LineOf(entity, line);
            returned.Received += quantity;
            line.Returning -= quantity;
            line.Returned += quantity;
            if (request.Lines?.FirstOrDefault(received => received!.Sku == line.Sku)?.Restock is false)
                continue;

            returned.Restocked += quantity;
            restocked.Add(new(line.Sku, quantity));
        }

        var now = time.GetUtcNow();
        db.Follow(order, now);
        refunding.Refund(
            order,
            pieces.Value.Select(piece => (piece.Line, Math.Min(piece.Quantity, piece.Line.Quantity - piece.Line.RefundedQuantity))),
            withShipping: order.State is OrderState.Returned,
            RefundReason);

        // Each receipt counts once, and a return may arrive in several.
        if (restocked is [_, ..])
            db.Publish(new ItemsReturned(order.Id, ReturnId: Guid.CreateVersion7(now), restocked));

        return ReturnView.Of(entity);
    }

    private static Outcome<ReturnView> Reject(Order order, Return entity, RejectRequest request)
    {
        if (!Texts.IsLine(request.Reason, RequestReturn.LongestReason))
            return Problems.Invalid("reason", $"must have 1 to {RequestReturn.LongestReason} characters");

        var pieces = Pieces.Of(order, request.Lines, line => OpenOf(entity, line), "rejected");
        if (!pieces.IsSuccess)
            return pieces.Failed<ReturnView>();

        foreach (var (line, quantity) in pieces.Value!)
        {
            var returned = LineOf(entity, line);
            returned.Rejected += quantity;
            returned.RejectedBecause = request.Reason;
            line.Returning -= quantity;
        }

        return ReturnView.Of(entity);
    }

    private static int OpenOf(Return entity, OrderedItem line) => entity.Lines.Find(returned => returned.Position == line.Position)?.Open ?? 0;

    private static ReturnLine LineOf(Return entity, OrderedItem line) => entity.Lines.Single(returned => returned.Position == line.Position);
}
