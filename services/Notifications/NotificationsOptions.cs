using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Notifications;

/// <summary>Settings of the section <c>Notifications</c>, checked when the service starts.</summary>
internal sealed record NotificationsOptions
{
    /// <summary>Where shoppers find the shop: links in e-mails begin with it.</summary>
    [Required(ErrorMessage = "Notifications:ShopAddress is missing. Set it to the shop's public address.")]
    public Uri ShopAddress { get; init; } = null!;

    /// <summary>How long a notification is in the list of whom it is for; <c>./shopflow audit</c> counts on 90 days.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepNotifications { get; init; } = TimeSpan.FromDays(180);
}
