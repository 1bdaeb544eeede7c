using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Pricing;

namespace ShopFlow.Orders.Refunds;

/// <summary>
/// Promises money back and asks payments for it, within the caller's transaction, which holds the order's lock. Pieces get their
/// share of what was paid for their line, less discounts and tax included, so that the refunds of all pieces add up to it exactly.
/// </summary>
internal sealed class Refunding(OrdersDbContext db, TimeProvider time)
{
    /// <summary>Whatever of an order's money is not back yet.</summary>
    public async Task RefundAllAsync(Guid orderId, string reason, IntegrationEvent? cause, CancellationToken cancellationToken)
    {
        var order = await db.LockAsync(orderId, cancellationToken) ?? throw new InvalidOperationException($"There is no order {orderId}.");
        await db.LoadLinesAsync(order, cancellationToken);
        Refund(order, order.Lines.Select(line => (line, line.Quantity - line.RefundedQuantity)), withShipping: true, reason, cause);
    }

    /// <param name="order">Locked, with its lines.</param>
    /// <param name="pieces">How many of which line; none may be more than is left to refund.</param>
    /// <param name="withShipping">Whether what was paid for shipping goes back too, unless it has.</param>
    /// <param name="reason">For the books.</param>
    /// <param name="cause">The event that it follows from, if it was one.</param>
    /// <returns>Null when nothing is left to give back.</returns>
    public Refund? Refund(
        Order order, IEnumerable<(OrderedItem Line, int Quantity)> pieces, bool withShipping, string reason, IntegrationEvent? cause = null)
    {
        var lines = new List<RefundLine>();
        var (amount, tax) = (0L, 0L);
        foreach (var (line, quantity) in pieces.Where(piece => piece.Quantity > 0))
        {
            line.RefundedQuantity += quantity;
            var share = StillDue(line, line.Paid(order.TaxIncluded), line.RefundedAmount);

            // What gives back no money gives back no tax; the next that does makes up for it.
            var shareOfTax = share is 0 ? 0 : StillDue(line, line.Tax, line.RefundedTax);
            line.RefundedAmount += share;
            line.RefundedTax += shareOfTax;
            amount += share;
            tax += shareOfTax;
            lines.Add(new() { Position = line.Position, Quantity = quantity, Amount = share, Tax = shareOfTax });
        }

        var shipping = withShipping ? order.ShippingPaid - order.ShippingRefunded : 0;
        if (amount + shipping == 0)
            return null;

        order.ShippingRefunded += shipping;
        order.Refunded += amount + shipping;
        return Promise(order, lines, amount + shipping, tax + (shipping > 0 ? order.ShippingTax : 0), shipping, reason, cause);
    }

    // Goes by what is given back and held, so that a refund that was refused leaves no cent behind.
    private static long StillDue(OrderedItem line, long whole, long given) =>
        Math.Max(0, Rounding.Share(whole, 0, line.RefundedQuantity, line.Quantity) - given);

    private Refund Promise(Order order, List<RefundLine> lines, long amount, long tax, long shipping, string reason, IntegrationEvent? cause)
    {
        var now = time.GetUtcNow();
        var refund = new Refund
        {
            Id = Guid.CreateVersion7(now),
            OrderId = order.Id,
            Amount = amount,
            Tax = tax,
            Shipping = shipping,
            Reason = reason,
            RequestedAt = now,
            Lines = lines,
        };
        db.Refunds.Add(refund);
        db.Publish(new RefundRequested(order.Id, order.PaymentId!.Value, amount, order.Currency, reason, refund.Id), cause);
        return refund;
    }
}
