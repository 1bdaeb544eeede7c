using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>An application that its AppHost's entry point starts and stops: to start it is to wait, to stop it is to ask.</summary>
internal sealed class AppHostApplication(AppHostRun run, DistributedApplication application)
    : DistributedApplication(new Host(run, application))
{
    public override Task StartAsync(CancellationToken cancellationToken = default) => run.WaitUntilStartedAsync(cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken = default) =>
        await run.DisposeAsync().AsTask().WaitAsync(cancellationToken);

    public override async Task RunAsync(CancellationToken cancellationToken = default)
    {
        await run.WaitUntilStartedAsync(cancellationToken);
        await run.WaitUntilEndedAsync(cancellationToken);
    }

    public override void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public override ValueTask DisposeAsync() => run.DisposeAsync();

    private sealed class Host(AppHostRun run, DistributedApplication application) : IHost
    {
        // Kept, because it can still be asked for after the entry point has disposed the application.
        public IServiceProvider Services { get; } = application.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => run.WaitUntilStartedAsync(cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken = default) =>
            await run.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        public void Dispose()
        {
            // The entry point disposes its host.
        }
    }
}
