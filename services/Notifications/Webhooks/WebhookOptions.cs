using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Notifications.Webhooks;

/// <summary>Settings of the section <c>Notifications:Webhooks</c>, checked when the service starts.</summary>
internal sealed record WebhookOptions
{
    /// <summary>
    /// Lets webhooks go to any address and without encryption, as tests and a developer's machine need it. Anywhere else a customer could
    /// have the shop ask what only the shop can reach.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    [Range(1, 1000)]
    public int MostPerUser { get; init; } = 10;
}
