using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults.Health;

/// <summary>
/// Whether the service can do its work: every registered health check passes, each within its time limit, and the service is not stopping.
/// </summary>
internal sealed class Readiness(
    IServiceScopeFactory scopes,
    IOptions<HealthCheckServiceOptions> checks,
    IOptions<HealthOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Readiness> logger)
    : IDependencies
{
    private static readonly HealthReportBody s_stopping = new(nameof(HealthStatus.Unhealthy), new Dictionary<string, string> { ["stopping"] = nameof(HealthStatus.Unhealthy) });

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Task<HealthCheckResult>> _running = [];
    private readonly ConcurrentDictionary<string, HealthStatus> _last = [];
    private Task<HealthReportBody>? _report;
    private long _reportedAt;

    public Task<HealthReportBody> CheckAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return Task.FromResult(s_stopping);

        lock (_gate)
        {
            var fresh = _report is { IsCompleted: false } || time.GetElapsedTime(_reportedAt) < options.Value.CacheFor;
            if (_report is null || !fresh)
                _report = RunAllAsync();

            return _report;
        }
    }

    public async Task<bool> AreAwayAsync(string besides) =>
        (await CheckAsync()).Checks.Any(check => check.Key != besides && check.Value == nameof(HealthStatus.Unhealthy));

    private async Task<HealthReportBody> RunAllAsync()
    {
        var registrations = checks.Value.Registrations;
        var results = await Task.WhenAll(registrations.Select(RunAsync));
        var worst = results.Select(result => result.Status).DefaultIfEmpty(HealthStatus.Healthy).Min();

        _reportedAt = time.GetTimestamp();
        return new HealthReportBody(
            worst.ToString(),
            registrations.Zip(results).ToDictionary(pair => pair.First.Name, pair => pair.Second.Status.ToString()));
    }

    private async Task<HealthCheckResult> RunAsync(HealthCheckRegistration registration)
    {
        var limit = registration.Timeout > TimeSpan.Zero ? registration.Timeout : options.Value.CheckTimeout;
        var result = await RunWithinAsync(registration, limit);

        TellChange(registration.Name, result);
        return result;
    }

    private async Task<HealthCheckResult> RunWithinAsync(HealthCheckRegistration registration, TimeSpan limit)
    {
        // A check that ignores its time limit is waited for again, not started again, or hung ones would pile up.
        var run = _running.GetOrAdd(registration.Name, _ => Task.Run(() => StartAsync(registration, limit)));

        try
        {
            return await run.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            return new HealthCheckResult(registration.FailureStatus, $"No answer within {limit.TotalSeconds} s.");
        }
        finally
        {
            if (run.IsCompleted)
                _running.TryRemove(registration.Name, out _);
        }
    }

    private async Task<HealthCheckResult> StartAsync(HealthCheckRegistration registration, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        await using var scope = scopes.CreateAsyncScope();

        try
        {
            var context = new HealthCheckContext { Registration = registration };
            return await registration.Factory(scope.ServiceProvider).CheckHealthAsync(context, timeout.Token);
        }
        catch (Exception exception)
        {
            return new HealthCheckResult(registration.FailureStatus, exception.Message, exception);
        }
    }

    private void TellChange(string name, HealthCheckResult result)
    {
        var before = _last.TryGetValue(name, out var status) ? status : HealthStatus.Healthy;
        _last[name] = result.Status;

        if (before == result.Status)
            return;

        if (result.Status == HealthStatus.Healthy)
            logger.LogInformation("{Check} is healthy again", name);
        else
            logger.LogWarning("{Check} is {Status}: {Reason}", name, result.Status, result.Exception?.Message ?? result.Description ?? "the check failed");
    }
}
