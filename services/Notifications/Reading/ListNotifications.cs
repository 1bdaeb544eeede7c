using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Reading;

/// <summary>
/// GET /notifications: one's own, and for an administrator those for all of them; newest first. GET /notifications/{userId}: the same, and for an
/// administrator those of that user, as they see them.
/// </summary>
internal static class ListNotifications
{
    private const int DefaultLimit = 20;
    private const int MostAtOnce = 100;

    public static Task<Results<Ok<NotificationPage>, ValidationProblem>> HandleAsync(
        CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken, int? limit = null, string? next = null) =>
        ListAsync(caller.Id, caller.IsAdmin, db, limit, next, cancellationToken);

    public static async Task<Results<Ok<NotificationPage>, ValidationProblem, ProblemHttpResult>> OfUserAsync(
        Guid userId, CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken, int? limit = null, string? next = null)
    {
        var reader = userId.ToString();
        var isCaller = reader == caller.Id;
        if (!isCaller && !caller.IsAdmin)
            return Problems.Forbidden("These are somebody else's notifications.");

        return await ListAsync(reader, isCaller && caller.IsAdmin, db, limit, next, cancellationToken) switch
        {
            { Result: Ok<NotificationPage> page } => page,
            var refused => (ValidationProblem)refused.Result,
        };
    }

    private static async Task<Results<Ok<NotificationPage>, ValidationProblem>> ListAsync(
        string reader, bool isAdmin, NotificationsDbContext db, int? limit, string? next, CancellationToken cancellationToken)
    {
        var before = Guid.Empty;
        var size = limit ?? DefaultLimit;
        var validator = new Validator();
        validator.Check(size is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(string.IsNullOrEmpty(next) || Guid.TryParseExact(next, "N", out before), "next", "must be what an earlier page gave");
        if (validator.Problem is { } invalid)
            return invalid;

        string[] readers = isAdmin ? [reader, Notification.Administrators] : [reader];
        var own = db.Notifications.AsNoTracking().Where(notification => readers.Contains(notification.UserId) && !db.OptOuts.Any(
            optOut => optOut.UserId == reader && optOut.Channel == Channel.InApp && optOut.Type == notification.Type));

        // ix_notifications_user_id_id
        var page = string.IsNullOrEmpty(next) ? own : own.Where(notification => notification.Id.CompareTo(before) < 0);
        var found = await page
            .OrderByDescending(notification => notification.Id)
            .Take(size + 1)
            .Select(n => new NotificationView(n.Id, n.Type, n.Subject, n.Body, n.OrderId, n.CreatedAt))
            .ToListAsync(cancellationToken);
        var total = await own.CountAsync(cancellationToken);

        var shown = found.Take(size).ToList();
        return TypedResults.Ok(new NotificationPage(shown, total, found.Count > size ? shown[^1].Id.ToString("N") : null));
    }
}
