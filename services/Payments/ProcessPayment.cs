using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments;

/// <summary>
/// POST /payments/process, as clients of an older system send it. Here every order asks for its payment by itself, once: this waits for
/// its outcome and takes no money.
/// </summary>
internal static class ProcessPayment
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    public static async Task<Results<Created<ProcessedPayment>, Accepted<ProcessedPayment>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        ProcessPaymentRequest request, PaymentsDbContext db, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var validator = new Validator();
        validator.Check(Guid.TryParse(request.OrderId, out var orderId), "orderId", "must be the id of an order");
        validator.Check(request.Amount is > 0, "amount", "must be more than 0");
        if (validator.Problem is { } invalid)
            return invalid;

        if (await WaitAsync(orderId, db, user, time, cancellationToken) is not { } payment)
            return Problems.NotFound($"There is no payment for the order '{orderId}' yet.");

        var due = new Money(payment.Amount, payment.Currency).ToDecimal();
        if (request.Amount != due)
            return Problems.Unprocessable("amount-differs", $"The order costs {due} {payment.Currency}.");
        if (request.PaymentMethod is { } method && method != payment.Method)
            return Problems.Unprocessable("payment-method-differs", $"The order is paid with '{payment.Method}'.");

        var processed = new ProcessedPayment(payment.Id, payment.OrderId, payment.State, due, payment.Currency, payment.Method);
        return payment.State is PaymentState.Requested or PaymentState.Unknown or PaymentState.Challenged
            ? TypedResults.Accepted($"/payments/{payment.Id}", processed)
            : TypedResults.Created($"/payments/{payment.Id}", processed);
    }

    private static async Task<Payment?> WaitAsync(
        Guid orderId, PaymentsDbContext db, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (userId, isAdmin) = (user.Id, user.IsAdmin);
        var began = time.GetTimestamp();
        for (var look = 1; ; look++)
        {
            // ux_payments_order_id
            var payment = await db.Payments.AsNoTracking()
                .SingleOrDefaultAsync(p => p.OrderId == orderId && (isAdmin || p.UserId == userId), cancellationToken);
            if (payment is { State: not (PaymentState.Requested or PaymentState.Unknown) } || time.GetElapsedTime(began) > s_limit)
                return payment;
            await Task.Delay(ExponentialBackoff.After(look, s_firstPause, s_longestPause), time, cancellationToken);
        }
    }
}
