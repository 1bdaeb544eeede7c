namespace ShopFlow.Notifications.Data;

/// <summary>A notification on its way out of the house: by e-mail, or to a webhook. There is one for each and no second.</summary>
internal sealed class Delivery
{
    public required Guid Id { get; init; }

    public required Guid NotificationId { get; init; }

    /// <summary>Null for e-mail.</summary>
    public Guid? WebhookId { get; init; }

    /// <summary>The address that came with the event; without one it is that of the user's <see cref="Contact"/>.</summary>
    public string? Recipient { get; init; }

    /// <summary>A secret link that only the e-mail may show, forgotten once it is sent.</summary>
    public string? Link { get; init; }

    public DeliveryState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>When the next attempt is due; null when there will be none.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>After this a failed attempt is the last one.</summary>
    public DateTimeOffset GivesUpAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}
