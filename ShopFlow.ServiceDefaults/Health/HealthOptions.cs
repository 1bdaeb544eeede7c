using System.ComponentModel.DataAnnotations;

namespace ShopFlow.ServiceDefaults.Health;

/// <summary>Section "Health".</summary>
internal sealed class HealthOptions
{
    /// <summary>How long a check may take that has no time limit of its own.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer is given again, so that a storm of probes is no load.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stopping service keeps serving while it already answers "not ready".</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;
}
