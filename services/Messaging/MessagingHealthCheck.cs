using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopFlow.Messaging;

/// <summary>
/// Healthy while every queue is consumed and, in a service with an outbox, events can be sent; Degraded, and so ready, while a feature flag
/// holds events back.
/// </summary>
internal sealed class MessagingHealthCheck(EventConsumers consumers, ConfirmedPublisher? relaysTo = null) : IHealthCheck
{
    public const string Name = "messaging";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var result = (relaysTo?.IsOpen ?? true, consumers.AreWorking) switch
        {
            (false, _) => Unhealthy("The broker can't be reached: events wait in the outbox."),
            (_, false) => Unhealthy("Not every queue is consumed."),
            _ when consumers.AreHeld => HealthCheckResult.Degraded("A feature flag holds events back."),
            _ => HealthCheckResult.Healthy(),
        };
        return Task.FromResult(result);

        HealthCheckResult Unhealthy(string description) => new(context.Registration.FailureStatus, description);
    }
}
