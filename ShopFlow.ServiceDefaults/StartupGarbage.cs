using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Gives back, once, what starting took and nobody needs any more: models built, configuration read, code compiled. A service that has
/// nothing to do would hold it until its first collection.
/// </summary>
internal sealed class StartupGarbage(TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(20);

    private ITimer? _timer;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _timer = time.CreateTimer(
            static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true), null, s_warmUp, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _timer?.Dispose();
}
