using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Payments;

/// <summary>Settings of the section <c>Payments</c>, checked when the service starts.</summary>
internal sealed record PaymentsOptions
{
    /// <summary>Secret that the payment provider knows this shop by.</summary>
    [Required(ErrorMessage = "Payments:ProviderKey is missing. Set it to the key that the payment provider gave out.")]
    public string ProviderKey { get; init; } = "";

    /// <summary>Signs the provider's webhooks.</summary>
    [Required(ErrorMessage = "Payments:WebhookSecret is missing. Set it to the secret that the payment provider signs webhooks with.")]
    public string WebhookSecret { get; init; } = "";

    /// <summary>A webhook whose signature is older, or as far in the future, is not taken.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WebhookWindow { get; init; } = TimeSpan.FromMinutes(5);

    [Required]
    public Uri ProviderAddress { get; init; } = new("http://payment-sandbox");

    /// <summary>After this the outcome of a call to the provider is unknown.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ProviderTimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Payments, and as many refunds, that one process works on at the same time.</summary>
    [Range(1, 256)]
    public int Concurrency { get; init; } = 32;

    /// <summary>A payment whose worker has not come back by then, because it crashed, is taken up by another. Longer than three calls to the provider.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Wait before asking the provider about an unknown outcome; doubles with each attempt, up to <see cref="MaxBackoff"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A challenge that is not passed within this time of the request is given up. Shorter than the order waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan ChallengeTimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Pause between two looks for due work when nothing wakes the worker.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);
}
