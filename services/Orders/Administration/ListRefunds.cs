using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.History;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Orders.Administration;

/// <summary>GET /admin/refunds: those of all orders, newest first, in one state if it is named.</summary>
internal static class ListRefunds
{
    public static async Task<Results<Ok<AdminRefundPage>, ValidationProblem>> HandleAsync(
        OrdersDbContext db, CancellationToken cancellationToken, string? status = null, int? limit = null, string? next = null)
    {
        var validator = new Validator();
        var keyset = Keyset.Read(limit, next, validator);
        validator.CheckName<RefundState>(status, "status");
        if (validator.Problem is { } invalid)
            return invalid;

        var refunds = db.Refunds.AsNoTracking();
        if (status is not null)
        {
            var wanted = Enum.Parse<RefundState>(status, ignoreCase: true);
            refunds = refunds.Where(refund => refund.State == wanted);
        }

        // pk_refunds, backwards, and pk_orders for the currency.
        var following = keyset.Before is { } before ? refunds.Where(refund => refund.Id.CompareTo(before) < 0) : refunds;
        var found = await following
            .OrderByDescending(refund => refund.Id)
            .Take(keyset.Size + 1)
            .Join(db.Orders, refund => refund.OrderId, order => order.Id, (refund, order) => new { Refund = refund, order.Currency })
            .OrderByDescending(found => found.Refund.Id)
            .ToListAsync(cancellationToken);

        var (page, more) = keyset.Cut(found, one => one.Refund.Id);
        return TypedResults.Ok(new AdminRefundPage(
            page.ConvertAll(one => new AdminRefund(one.Refund.OrderId, RefundView.Of(one.Refund, one.Currency))),
            await refunds.CountAsync(cancellationToken),
            more));
    }
}
