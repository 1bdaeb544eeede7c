using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.AppHost.Local;

/// <summary>Ends the services before the host stops, so that they finish what they are at while their servers are still there. The
/// orchestrator would end servers and services in any order, one after the other and a third of a second apart.</summary>
internal sealed class ServicesFirst(ResourceNotificationService notifications) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, int> _processes = [];
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

        var running = _processes.Values.Where(IsRunning).ToList();
        if (running.Count == 0 || OperatingSystem.IsWindows())
            return;

        using var kill = Process.Start("kill", ["-TERM", .. running.Select(pid => pid.ToString(CultureInfo.InvariantCulture))]);
        var clock = Stopwatch.StartNew();
        while (running.Any(IsRunning) && clock.Elapsed < s_patience)
            await Task.Delay(s_poll, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            if (change.Resource is not ProjectResource)
                continue;

            var pid = Convert.ToInt32(change.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value, CultureInfo.InvariantCulture);
            if (pid > 0 && change.Snapshot.State?.Text == KnownResourceStates.Running)
                _processes[change.ResourceId] = pid;
            else
                _processes.TryRemove(change.ResourceId, out _);
        }
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
