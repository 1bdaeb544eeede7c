using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Notifications.Delivering;

/// <summary>Settings of the section <c>Notifications:Delivery</c>, checked when the service starts.</summary>
internal sealed record DeliveryOptions : IValidatableObject
{
    /// <summary>Deliveries that one worker claims at a time.</summary>
    [Range(1, 1000)]
    public int BatchSize { get; init; } = 100;

    /// <summary>Mail connections that one process has at the same time, and as many webhooks that it talks to.</summary>
    [Range(1, 64)]
    public int Concurrency { get; init; } = 8;

    /// <summary>After this an e-mail or a webhook that was not answered has failed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A delivery whose worker has not come back by then, because it crashed, is taken up by another.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Wait after the first failed attempt; doubles with each, up to <see cref="MaxBackoff"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A delivery that has failed for so long is dead.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "7.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Longest pause between two looks for due deliveries: new ones wake the worker that is beside them; those that are tried again, and what
    /// another process left, are found then.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause between the news of new deliveries and the look for them: those of a busy moment are claimed together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan Gather { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a delivery that was sent, or that nobody could be found for, can be looked up. One that was given up stays as long as what it tells.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan KeepSent { get; init; } = TimeSpan.FromDays(30);

    // A round begins nothing in the last two time limits of its lease.
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Lease <= 3 * TimeLimit)
            yield return new("Notifications:Delivery:Lease must be longer than three times Notifications:Delivery:TimeLimit.");
    }
}
