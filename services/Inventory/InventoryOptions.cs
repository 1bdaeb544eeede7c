using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Inventory;

/// <summary>Section <c>Inventory</c> of the configuration.</summary>
internal sealed record InventoryOptions
{
    /// <summary>How long an order may hold its units. Longer than the checkout's own deadlines, which are the ones that should strike.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ReservationTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Pause between two searches for expired reservations.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Available units at which a SKU counts as low, unless it has a threshold of its own.</summary>
    [Range(0, 1_000_000)]
    public int LowThreshold { get; init; } = 5;

    /// <summary>How long changed levels are collected before they are published together.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan AnnouncementDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Pause between two searches for levels that a crash kept from being published.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan AnnouncementSweepInterval { get; init; } = TimeSpan.FromSeconds(30);
}
