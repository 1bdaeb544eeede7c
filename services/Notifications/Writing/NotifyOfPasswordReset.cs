using System.Globalization;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

internal sealed class NotifyOfPasswordReset(NotificationWriter writer, NotificationsOptions options) : IEventBatchHandler<PasswordResetRequested>
{
    public Task HandleAsync(IReadOnlyList<PasswordResetRequested> events, CancellationToken cancellationToken) =>
        writer.WriteAsync([.. events.Select(Notification)], cancellationToken);

    private NewNotification Notification(PasswordResetRequested e) =>
        new(e, e.UserId.ToString(), NotificationType.PasswordReset, Words(e))
        {
            Email = e.Email,
            // The part after # stays in the browser: it is in no log of a server and no Referer.
            Link = new Uri(options.ShopAddress, $"/reset-password#token={e.Token}").ToString(),
        };

    private static Wording Words(PasswordResetRequested e) => Wording.Of(
        nameof(NotificationType.PasswordReset),
        ("username", e.Username),
        ("minutes", Math.Round((e.ExpiresAt - e.OccurredAt).TotalMinutes).ToString(CultureInfo.InvariantCulture)));
}
