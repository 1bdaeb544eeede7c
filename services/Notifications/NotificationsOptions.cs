using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Notifications;

/// <summary>Settings of the section <c>Notifications</c>, checked when the service starts.</summary>
internal sealed record NotificationsOptions
{
    /// <summary>Where shoppers find the shop: links in e-mails begin with it.</summary>
    [Required(ErrorMessage = "Notifications:ShopAddress is missing. Set it to the shop's public address.")]
    public Uri ShopAddress { get; init; } = null!;
}
