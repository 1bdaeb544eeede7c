using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Orders;

/// <summary>The section "Orders" of the configuration.</summary>
internal sealed record OrdersOptions
{
    /// <summary>How long an order waits for its goods. Long enough for the broker to be away for a minute or two.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan StockDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an order waits for its payment; shorter than inventory keeps a reservation.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan PaymentDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the shopper may take to answer the bank; with what came before it, still shorter than a reservation.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan ChallengeDeadline { get; init; } = TimeSpan.FromMinutes(14);

    /// <summary>How long after the last delivery goods may be sent back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "3650.00:00:00")]
    public TimeSpan ReturnWindow { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Pause between two searches for orders beyond their deadline.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause between two looks for news of the orders that somebody follows.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan FollowInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the answer to an Idempotency-Key is kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan IdempotencyRetention { get; init; } = TimeSpan.FromDays(2);
}
