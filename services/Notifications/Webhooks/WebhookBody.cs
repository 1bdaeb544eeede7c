namespace ShopFlow.Notifications.Webhooks;

/// <summary>What a webhook is sent.</summary>
/// <param name="Id">That of the notification: the same each time it is sent.</param>
/// <param name="Type">Such as OrderShipped.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">What the user reads.</param>
/// <param name="OrderId">The order that it is about, if any.</param>
/// <param name="CreatedAt">When it happened.</param>
internal sealed record WebhookBody(Guid Id, string Type, string Subject, string Body, Guid? OrderId, DateTimeOffset CreatedAt);
