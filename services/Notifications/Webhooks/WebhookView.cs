using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Webhooks;

internal sealed record WebhookView(Guid Id, string Url, IReadOnlyList<NotificationType> Types, DateTimeOffset CreatedAt);

/// <param name="Secret">Shown this once.</param>
internal sealed record RegisteredWebhook(Guid Id, string Url, IReadOnlyList<NotificationType> Types, DateTimeOffset CreatedAt, string Secret);

internal sealed record WebhookList(IReadOnlyList<WebhookView> Webhooks);
