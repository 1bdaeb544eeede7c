using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Gives back, once, what starting took and nobody needs any more: models built, configuration read, code compiled. A service that has
/// nothing to do would hold it until its first collection.
/// </summary>
internal sealed class StartupGarbage(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(s_warmUp, time, stoppingToken);

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
