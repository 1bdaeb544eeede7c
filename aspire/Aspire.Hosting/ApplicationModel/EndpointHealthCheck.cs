using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

internal sealed class EndpointHealthCheck(EndpointReference endpoint, string path, int expectedStatus, Func<HttpClient> createClient)
    : IHealthCheck
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy($"The endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}' has no address yet.");
        }

        var address = new Uri(new Uri(endpoint.Url), path);

        // The orchestrator's proxy accepts connections before the process does, so an answer may be long in coming.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(s_limit);

        try
        {
            using var response = await createClient().GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            var status = (int)response.StatusCode;

            return status == expectedStatus
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{address} answered {status}, expected {expectedStatus}.");
        }
        catch (HttpRequestException exception)
        {
            return HealthCheckResult.Unhealthy($"{address} did not answer: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{address} did not answer within {s_limit.TotalSeconds:0} seconds.", exception);
        }
    }
}
