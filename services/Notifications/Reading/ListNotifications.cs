using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Notifications.Data;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Notifications.Reading;

/// <summary>GET /notifications: one's own, and for an administrator those for all of them; newest first.</summary>
internal static class ListNotifications
{
    private const int DefaultLimit = 20;
    private const int MostAtOnce = 100;

    public static async Task<Results<Ok<NotificationPage>, ValidationProblem>> HandleAsync(
        CurrentUser caller, NotificationsDbContext db, CancellationToken cancellationToken, int? limit = null, string? next = null)
    {
        var before = Guid.Empty;
        var size = limit ?? DefaultLimit;
        var validator = new Validator();
        validator.Check(size is >= 1 and <= MostAtOnce, "limit", $"must be between 1 and {MostAtOnce}");
        validator.Check(string.IsNullOrEmpty(next) || Guid.TryParseExact(next, "N", out before), "next", "must be what an earlier page gave");
        if (validator.Problem is { } invalid)
            return invalid;

        string[] readers = caller.IsAdmin ? [caller.Id, Notification.Administrators] : [caller.Id];
        var own = db.Notifications.AsNoTracking().Where(notification => readers.Contains(notification.UserId) && !db.OptOuts.Any(
            optOut => optOut.UserId == caller.Id && optOut.Channel == Channel.InApp && optOut.Type == notification.Type));

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
