namespace ShopFlow.Notifications.Data;

internal enum DeliveryState
{
    /// <summary>To be sent, for the first time or again.</summary>
    Waiting,

    Sent,

    /// <summary>Given up: refused for good, or tried for too long. It can be replayed.</summary>
    Dead,

    /// <summary>Nobody to send it to: no e-mail address is known of the user.</summary>
    Skipped,
}
