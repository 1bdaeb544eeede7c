namespace Aspire.Hosting.Dcp.Model;

/// <summary>What DCP knows of a running or ended executable or container.</summary>
internal sealed record ProcessStatus
{
    public string? State { get; init; }

    public int? Pid { get; init; }

    public string? ContainerId { get; init; }

    public int? ExitCode { get; init; }

    public DateTimeOffset? StartupTimestamp { get; init; }

    public DateTimeOffset? FinishTimestamp { get; init; }

    public IReadOnlyList<DcpVariable>? EffectiveEnv { get; init; }

    public IReadOnlyList<string>? EffectiveArgs { get; init; }

    /// <summary>Why a container could not be created or started.</summary>
    public string? Message { get; init; }
}

/// <summary>States of DCP that need telling apart; all of them are shown under these names.</summary>
internal static class ProcessStates
{
    public const string Running = "Running";
    public const string RuntimeUnhealthy = "RuntimeUnhealthy";
    public const string Finished = "Finished";
    public const string Terminated = "Terminated";
    public const string FailedToStart = "FailedToStart";
    public const string Exited = "Exited";

    public static bool IsEnded(string? state) => state is Finished or Terminated or FailedToStart or Exited;
}
