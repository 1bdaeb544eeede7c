using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopFlow.AppHost.Local;

/// <summary>
/// Tells of one instance when it is to be started again: when it ended by itself after it had been healthy once. What was asked to stop,
/// never worked, or ended with exit code 0 stays as it is. Whoever keeps dying waits longer each time, up to half a minute.
/// </summary>
internal sealed class RestartPolicy(TimeProvider time)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    /// <summary>What has lived for so long counts as sound.</summary>
    private static readonly TimeSpan s_sound = TimeSpan.FromMinutes(1);

    private string? _state;
    private bool _wasHealthy;
    private TimeSpan _pause = s_firstPause;
    private DateTimeOffset _diedAt;

    /// <returns>The pause before it is started again; null when it is not.</returns>
    public TimeSpan? Observe(string? state, HealthStatus? health, int? exitCode)
    {
        var before = _state;
        _state = state;
        _wasHealthy |= state == KnownResourceStates.Running && health is HealthStatus.Healthy;

        var died = HasEnded(state) && !HasEnded(before) && before != KnownResourceStates.Stopping && exitCode is not (null or 0);
        return died && _wasHealthy ? NextPause() : null;
    }

    private static bool HasEnded(string? state) => state is not null && KnownResourceStates.TerminalStates.Contains(state);

    private TimeSpan NextPause()
    {
        var now = time.GetUtcNow();
        _pause = now - _diedAt > s_sound ? s_firstPause : _pause * 2 < s_longestPause ? _pause * 2 : s_longestPause;
        _diedAt = now;
        return _pause;
    }
}
