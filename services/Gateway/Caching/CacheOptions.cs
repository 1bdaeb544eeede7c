using System.ComponentModel.DataAnnotations;

namespace ShopFlow.Gateway.Caching;

/// <summary>Settings of the section <c>Gateway:Cache</c>.</summary>
internal sealed record CacheOptions
{
    /// <summary>What all kept pages may take together; a page is at most 1 MiB.</summary>
    [Range(8L * 1024 * 1024, long.MaxValue)]
    public long MaximumBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How long a page is served after the catalogue last said that nothing has changed. It bounds staleness when the change signal fails.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan CurrentFor { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a page is served after it was last known to be right, while the catalogue does not answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StaleFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a caller waits for the catalogue before they are given a stale page.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(500);
}
