using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments;

/// <summary>GET /payments/{id}: a payment by its own id or by that of its order; to its owner and to administrators.</summary>
internal static class GetPayment
{
    public static async Task<Results<Ok<PaymentView>, ProblemHttpResult>> HandleAsync(
        Guid id, PaymentsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var (userId, isAdmin) = (user.Id, user.IsAdmin);
        var payment = await db.Payments
            .AsNoTracking()
            .Where(p => (p.Id == id || p.OrderId == id) && (isAdmin || p.UserId == userId))
            .SingleOrDefaultAsync(cancellationToken);
        return payment is null ? Problems.NotFound($"There is no payment '{id}'.") : TypedResults.Ok(PaymentView.Of(payment));
    }
}
