using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults.Health;

/// <summary>
/// Holds back the stop while load balancers take notice that the service is not ready any more. The server stops accepting,
/// and drains what it has accepted, after it.
/// </summary>
internal sealed class DrainDelay(IOptions<HealthOptions> options, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A signal has done so already; a stop from within the process tells its hosted services first.
        lifetime.StopApplication();

        await Task.Delay(options.Value.DrainDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
