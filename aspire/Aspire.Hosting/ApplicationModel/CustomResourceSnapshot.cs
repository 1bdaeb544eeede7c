using System.Collections.Immutable;
using HealthState = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of one running resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    private readonly ImmutableArray<HealthReportSnapshot> _healthReports = [];
    private readonly ResourceStateSnapshot? _state;

    public required string ResourceType { get; init; }

    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    public DateTime? CreationTimeStamp { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public DateTime? StopTimeStamp { get; init; }

    public ResourceStateSnapshot? State
    {
        get => _state;
        init => (_state, HealthStatus) = (value, ComputeHealth(value, _healthReports));
    }

    public int? ExitCode { get; init; }

    /// <summary>Null unless running; then the worst of the reports, where a check that has not run yet counts as unhealthy.</summary>
    public HealthState? HealthStatus { get; private init; }

    public ImmutableArray<HealthReportSnapshot> HealthReports
    {
        get => _healthReports;
        internal init => (_healthReports, HealthStatus) = (value, ComputeHealth(_state, value));
    }

    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    public bool IsHidden { get; init; }

    public string? IconName { get; init; }

    public IconVariant? IconVariant { get; init; }

    /// <summary>The handlers of <see cref="ApplicationModel.ResourceReadyEvent"/> at work; whoever waits for health waits for them too.</summary>
    internal EventSnapshot? ResourceReadyEvent { get; init; }

    private static HealthState? ComputeHealth(ResourceStateSnapshot? state, ImmutableArray<HealthReportSnapshot> reports)
    {
        if (state?.Text != KnownResourceStates.Running)
        {
            return null;
        }

        return reports.IsEmpty
            ? HealthState.Healthy
            : reports.Min(report => report.Status ?? HealthState.Unhealthy);
    }
}
