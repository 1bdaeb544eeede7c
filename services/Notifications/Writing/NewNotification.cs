using ShopFlow.Contracts;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

/// <summary>What a user is to be told.</summary>
/// <param name="Id">A UUIDv7 of that time; there is one notification for it.</param>
/// <param name="At">When it happened.</param>
/// <param name="UserId">A user's id, or <see cref="Notification.Administrators"/>, whom no e-mail is sent.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Wording">What the user reads.</param>
internal sealed record NewNotification(Guid Id, DateTimeOffset At, string UserId, NotificationType Type, Wording Wording)
{
    // As orders names whoever bought without an account.
    private const string Guest = "guest:";

    /// <summary>That of an event has the event's id and time.</summary>
    public NewNotification(IntegrationEvent cause, string userId, NotificationType type, Wording wording)
        : this(cause.Id, cause.OccurredAt, userId, type, wording)
    {
    }

    public Guid? OrderId { get; init; }

    /// <summary>Where to write to; without one, to the address of the account.</summary>
    public string? Email { get; init; }

    /// <summary>Whether there is an address, or will be: a role has none, and nor has a guest who gave none.</summary>
    public bool HasAddress => Email is not null || (UserId != Notification.Administrators && !UserId.StartsWith(Guest, StringComparison.Ordinal));

    /// <summary>False for what is in the list of the shop only.</summary>
    public bool IsMailed { get; init; } = true;

    /// <summary>A secret link for the e-mail only.</summary>
    public string? Link { get; init; }
}
