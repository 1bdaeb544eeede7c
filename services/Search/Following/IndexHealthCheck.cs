using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopFlow.Search.Following;

internal sealed class IndexHealthCheck(CurrentIndex current) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(current.Index is null ? HealthCheckResult.Unhealthy("The catalogue has not been indexed yet.") : HealthCheckResult.Healthy());
}
