using System.ComponentModel.DataAnnotations;

namespace ShopFlow.ServiceDefaults;

/// <summary>The section "Traces" of the configuration. OTEL_TRACES_SAMPLER, where it is set, decides instead.</summary>
public sealed class TraceSamplingOptions
{
    public const string Section = "Traces";

    /// <summary>Traces that one process begins in a second, in the long run.</summary>
    [Range(0, 1_000_000)]
    public double PerSecond { get; set; } = 1;

    /// <summary>Traces that it may begin at once after a quiet time.</summary>
    [Range(1, 1_000_000)]
    public double Burst { get; set; } = 30;

    /// <summary>Whether a caller's own sampling decision holds. Not at the edge: there anybody could ask for any number.</summary>
    public bool FollowCallers { get; set; } = true;

    /// <summary>Names of first spans that are never taken.</summary>
    public ISet<string> Untraced { get; } = new HashSet<string>(StringComparer.Ordinal);
}
