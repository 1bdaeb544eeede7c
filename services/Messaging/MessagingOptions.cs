using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Messaging;

/// <summary>The section "Messaging" of the configuration. The defaults suit every service.</summary>
internal sealed record MessagingOptions
{
    public static readonly TimeSpan[] DefaultRetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    /// <summary>First part of the queue names; ShopFlow.Orders is "orders" unless told otherwise.</summary>
    [Required]
    public string ServiceName { get; init; } = "";

    /// <summary>Events of one queue that are handled in one transaction, if that many wait.</summary>
    [Range(1, 1000)]
    public int HandlerBatchSize { get; init; } = 64;

    /// <summary>Events of one queue that the broker hands over ahead of their turn: the batch at work and the next.</summary>
    [Range(1, 1000)]
    public ushort Prefetch { get; init; } = 128;

    /// <summary>Events that the relay sends at once.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; init; } = 200;

    /// <summary>How often the relay looks into the outbox when nothing wakes it.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Limit for the broker to confirm a batch.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Limit for the handlers of a batch.</summary>
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Wait before each further delivery of an event whose handler failed. After the last one it is dead.</summary>
    public TimeSpan[] RetryDelays { get; init; } = [];

    /// <summary>How long an event that no queue wants is tried again before it is set aside.</summary>
    public TimeSpan UnroutedAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long handled events are remembered.</summary>
    public TimeSpan InboxRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a stop waits for the handlers that are running.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Wait before a broken connection is opened again.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);
}
