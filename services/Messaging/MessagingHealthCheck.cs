using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopFlow.Messaging;

/// <summary>Healthy while events can be sent and every queue is consumed.</summary>
internal sealed class MessagingHealthCheck(ConfirmedPublisher publisher, EventConsumers consumers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var result = (publisher.IsOpen, consumers.AreConsuming) switch
        {
            (false, _) => Unhealthy("The broker can't be reached: events wait in the outbox."),
            (_, false) => Unhealthy("Not every queue is consumed."),
            _ => HealthCheckResult.Healthy(),
        };
        return Task.FromResult(result);

        HealthCheckResult Unhealthy(string description) => new(context.Registration.FailureStatus, description);
    }
}
