using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments;

/// <summary>GET /admin/payments: newest first, all, those of one state, or one user's. Ids are in the order of time.</summary>
internal static class ListPayments
{
    private const int DefaultLimit = 20;
    private const int MostAtOnce = 100;
    private const int LongestUserId = 64;

    /// <param name="Payments">The newest first.</param>
    /// <param name="Total">How many there are in all.</param>
    /// <param name="Next">What to send as <c>next</c> for the following page; null on the last.</param>
    internal sealed record Page(IReadOnlyList<PaymentView> Payments, int Total, string? Next);

    public static async Task<Results<Ok<Page>, ValidationProblem>> HandleAsync(
        PaymentsDbContext db, CancellationToken cancellationToken, string? state = null, string? userId = null, int limit = DefaultLimit, string? next = null)
    {
        var validator = new Validator();
        var wanted = default(PaymentState);
        var before = Guid.Empty;
        validator.Check(
            state is null || (Enum.TryParse(state, ignoreCase: true, out wanted) && Enum.IsDefined(wanted)),
            "state", $"must be one of {string.Join(", ", Enum.GetNames<PaymentState>())}");
        validator.Check(userId is null || Texts.IsLine(userId, LongestUserId), "userId", "must be the id of a user");
        validator.Check(limit is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(string.IsNullOrEmpty(next) || Guid.TryParse(next, out before), "next", "must be what an earlier page gave");
        if (validator.Problem is { } problem)
            return problem;

        var payments = db.Payments.AsNoTracking();
        if (state is not null)
            payments = payments.Where(payment => payment.State == wanted);

        if (userId is not null)
            payments = payments.Where(payment => payment.UserId == userId);

        // pk_payments, walked backwards.
        var following = before == Guid.Empty ? payments : payments.Where(payment => payment.Id.CompareTo(before) < 0);
        var found = await following.OrderByDescending(payment => payment.Id).Take(limit + 1).ToListAsync(cancellationToken);
        var page = found[..Math.Min(limit, found.Count)];
        var total = await payments.CountAsync(cancellationToken);
        return TypedResults.Ok(new Page(page.ConvertAll(PaymentView.Of), total, found.Count > limit ? page[^1].Id.ToString() : null));
    }
}
