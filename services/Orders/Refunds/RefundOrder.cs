using Microsoft.AspNetCore.Http.HttpResults;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Fulfilment;
using ShopFlow.Orders.History;
using ShopFlow.Orders.Returns;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Refunds;

/// <summary>
/// POST /admin/orders/{id}/refunds: money back for pieces that don't come back, for shipping, or again for what the provider had
/// refused. Pieces that have not left yet are not refunded: they are still to be sent.
/// </summary>
internal sealed class RefundOrder(Refunding refunding)
{
    public static Task<Results<Created<RefundView>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        Guid id, RefundForm request, OrderChange change, RefundOrder handler, CancellationToken cancellationToken) =>
        change.CreateAsync(
            id, request, OrdersJsonContext.Default.RefundForm, OrdersJsonContext.Default.RefundView,
            order => Task.FromResult(handler.Refund(order, request)), cancellationToken);

    private Outcome<RefundView> Refund(Order order, RefundForm request)
    {
        if (!Texts.IsLine(request.Reason, RequestReturn.LongestReason))
            return Problems.Invalid("reason", $"must have 1 to {RequestReturn.LongestReason} characters");

        if (order.PaymentId is null)
            return Problems.Conflict("order-not-paid", "No money was taken for the order.");

        var pieces = request.Lines is null
            ? new List<(OrderedItem, int)>()
            : Pieces.Of(order, request.Lines, line => RefundableOf(order, line), "refunded");
        if (!pieces.IsSuccess)
            return pieces.Failed<RefundView>();

        return refunding.Refund(order, pieces.Value!, request.Shipping, request.Reason!) is { } refund
            ? RefundView.Of(refund, order.Currency)
            : Problems.Conflict("nothing-left", "Nothing of the order can be refunded.");
    }

    private static int RefundableOf(Order order, OrderedItem line) =>
        (order.State is OrderState.Cancelled ? line.Quantity : line.Shipped) - line.RefundedQuantity;
}
