using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Ties the orchestrator to the start and the end of the host.</summary>
internal sealed class OrchestratorService(ApplicationOrchestrator orchestrator) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => orchestrator.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => orchestrator.StopAsync(cancellationToken);
}
