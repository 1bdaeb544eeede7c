using ShopFlow.Contracts;
using ShopFlow.Notifications.Data;

namespace ShopFlow.Notifications.Writing;

/// <summary>What an event tells a user.</summary>
/// <param name="Cause">Gives the notification its id and its time.</param>
/// <param name="UserId">A user's id, or <see cref="Notification.Administrators"/>, whom no e-mail is sent.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Wording">What the user reads.</param>
internal sealed record NewNotification(IntegrationEvent Cause, string UserId, NotificationType Type, Wording Wording)
{
    public Guid? OrderId { get; init; }

    /// <summary>Where to write to; without one, to the address of the account.</summary>
    public string? Email { get; init; }

    /// <summary>A secret link for the e-mail only.</summary>
    public string? Link { get; init; }
}
