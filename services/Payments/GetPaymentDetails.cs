using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments;

/// <summary>GET /admin/payments/{id}: a payment by its own id or by that of its order, with its ledger.</summary>
internal static class GetPaymentDetails
{
    public static async Task<Results<Ok<PaymentDetails>, ProblemHttpResult>> HandleAsync(
        Guid id, PaymentsDbContext db, CancellationToken cancellationToken)
    {
        // pk_payments, ux_payments_order_id
        if (await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id || p.OrderId == id, cancellationToken) is not { } payment)
            return Problems.NotFound($"There is no payment '{id}'.");

        // ix_refunds_order_id
        var refunds = await db.Refunds.AsNoTracking().Where(refund => refund.OrderId == payment.OrderId).OrderBy(refund => refund.Id).ToListAsync(cancellationToken);
        var given = refunds.ConvertAll(refund => (Guid?)refund.Id);

        // ux_ledger_payment_id_kind, ux_ledger_refund_id
        var movements = await db.Ledger.AsNoTracking()
            .Where(entry => (entry.PaymentId == payment.Id && entry.RefundId == null) || given.Contains(entry.RefundId))
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(new PaymentDetails(
            PaymentView.Of(payment),
            payment.UserId,
            payment.Reference,
            payment.IsCancelled,
            payment.Attempts,
            payment.DueAt,
            [.. movements.OrderBy(entry => entry.At).ThenBy(entry => entry.Kind).Select(Movement.Of)],
            refunds.ConvertAll(RefundDetails.Of)));
    }
}
