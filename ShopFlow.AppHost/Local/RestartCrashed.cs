using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ShopFlow.AppHost.Local;

/// <summary>Starts again what ended by itself, as a cluster does; the orchestrator would leave it dead. See <see cref="RestartPolicy"/>.</summary>
internal sealed class RestartCrashed(
    ResourceNotificationService notifications, ResourceCommandService commands, ILogger<RestartCrashed> logger) : IHostedLifecycleService, IDisposable
{
    private readonly ConcurrentDictionary<string, RestartPolicy> _policies = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _following = FollowAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            var policy = _policies.GetOrAdd(change.ResourceId, _ => new RestartPolicy(TimeProvider.System));
            var (state, exitCode) = (change.Snapshot.State?.Text, change.Snapshot.ExitCode);
            if (policy.Observe(state, change.Snapshot.HealthStatus, exitCode) is { } pause)
                _ = RestartAsync(change.ResourceId, exitCode, pause, cancellationToken);
        }
    }

    private async Task RestartAsync(string instance, int? exitCode, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            logger.LogWarning("{Instance} ended with exit code {ExitCode}; it is started again in {Pause} s", instance, exitCode, pause.TotalSeconds);
            await Task.Delay(pause, cancellationToken);
            var result = await commands.ExecuteCommandAsync(instance, KnownResourceCommands.StartCommand, cancellationToken);
            if (!result.Success)
                logger.LogError("{Instance} could not be started again: {Reason}", instance, result.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Everything stops.
        }
    }
}
