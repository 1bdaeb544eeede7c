using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments;

/// <summary>A payment by its own id or by that of its order; to its owner and to administrators.</summary>
internal static class GetPayment
{
    /// <summary>Amounts are in major units.</summary>
    internal sealed record Response(
        Guid Id,
        Guid OrderId,
        PaymentState Status,
        decimal Amount,
        decimal Captured,
        decimal Refunded,
        string Currency,
        string PaymentMethod,
        string? Reason,
        DateTimeOffset CreatedAt,
        DateTimeOffset UpdatedAt);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        Guid id, PaymentsDbContext db, CurrentUser user, CancellationToken cancellationToken)
    {
        var (userId, isAdmin) = (user.Id, user.IsAdmin);
        var payment = await db.Payments
            .AsNoTracking()
            .Where(p => (p.Id == id || p.OrderId == id) && (isAdmin || p.UserId == userId))
            .SingleOrDefaultAsync(cancellationToken);
        return payment is null ? Problems.NotFound($"There is no payment '{id}'.") : TypedResults.Ok(Describe(payment));
    }

    private static Response Describe(Payment payment)
    {
        decimal Major(long amount) => new Money(amount, payment.Currency).ToDecimal();

        return new(
            payment.Id,
            payment.OrderId,
            payment.State,
            Major(payment.Amount),
            Major(payment.Captured),
            Major(payment.Refunded),
            payment.Currency,
            payment.Method,
            payment.DeclineReason,
            payment.CreatedAt,
            payment.UpdatedAt);
    }
}
