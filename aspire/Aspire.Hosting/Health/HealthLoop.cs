using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Health;

/// <summary>Repeats the health checks of one resource while it runs: quickly until it is healthy, then twice a minute.</summary>
internal sealed class HealthLoop(
    IResource resource,
    ResourceNotificationService notifications,
    HealthCheckService healthChecks,
    Func<IResource, CancellationToken, Task> publishReady,
    TimeProvider time,
    ILogger logger,
    CancellationToken stopping)
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private const int LongestInterval = 5;

    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly ConcurrentDictionary<string, string?> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _stateChanged = new(0);
    private readonly IReadOnlyList<string> _keys = HealthCheckKeys.Of(resource);
    private bool _wasHealthy;
    private int _failures;

    public async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            if (_keys.Count == 0)
            {
                await publishReady(resource, _cancellation.Token);
                return;
            }

            while (!_cancellation.IsCancellationRequested)
            {
                await CheckAsync();
                await _stateChanged.WaitAsync(Interval(), _cancellation.Token);
            }
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // The resource or the application has ended.
        }
        catch (Exception e)
        {
            logger.LogError(e, "The health of '{Resource}' is no longer checked.", resource.Name);
        }
    }

    /// <summary>A changed state is a reason to look again at once.</summary>
    public void StateIs(string instance, string? state)
    {
        var isNew = !_states.TryGetValue(instance, out var known) || known != state;
        _states[instance] = state;
        if (isNew && _stateChanged.CurrentCount == 0)
        {
            _stateChanged.Release();
        }
    }

    public void Stop() => _cancellation.Cancel();

    private async Task CheckAsync()
    {
        var report = await ReportAsync();
        var isHealthy = report.Status == HealthStatus.Healthy;
        var lastRun = time.GetUtcNow().UtcDateTime;

        _failures = isHealthy ? 0 : _failures + 1;
        if (isHealthy && !_wasHealthy)
        {
            _wasHealthy = true;
            _ = publishReady(resource, _cancellation.Token);
        }

        await notifications.PublishUpdateAsync(
            resource, snapshot => snapshot with { HealthReports = Merge(snapshot.HealthReports, report, lastRun) });
    }

    private TimeSpan Interval() =>
        _failures == 0 ? HealthyInterval
        : !_wasHealthy && _failures <= LongestInterval ? FirstStep
        : Step * (_wasHealthy ? Math.Min(LongestInterval, _failures) : 1);

    /// <summary>A check that cannot even be made throws here, and counts as unhealthy.</summary>
    private async Task<HealthReport> ReportAsync()
    {
        try
        {
            return await healthChecks.CheckHealthAsync(registration => _keys.Contains(registration.Name), _cancellation.Token);
        }
        catch (Exception e) when (!_cancellation.IsCancellationRequested)
        {
            var entry = new HealthReportEntry(HealthStatus.Unhealthy, "The health check could not be made.", TimeSpan.Zero, e, data: null);

            return new HealthReport(_keys.ToDictionary(key => key, _ => entry), TimeSpan.Zero);
        }
    }

    private static ImmutableArray<HealthReportSnapshot> Merge(
        ImmutableArray<HealthReportSnapshot> known, HealthReport report, DateTime lastRun) =>
    [
        .. known.Where(snapshot => !report.Entries.ContainsKey(snapshot.Name)),
        .. report.Entries.Select(entry =>
            new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.ToString())
            {
                LastRunAt = lastRun,
            }),
    ];
}
