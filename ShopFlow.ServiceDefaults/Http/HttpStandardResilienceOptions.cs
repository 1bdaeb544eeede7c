using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>
/// The four strategies around an outgoing call, outermost first. Named after a client; the names of the members are those of
/// Microsoft.Extensions.Http.Resilience, the time limits are shorter because all calls stay within the platform.
/// </summary>
public sealed class HttpStandardResilienceOptions
{
    /// <summary>Ends the call with all its attempts.</summary>
    public TimeoutStrategyOptions TotalRequestTimeout { get; set; } = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Only requests that may be repeated are: safe and idempotent methods, and any with an Idempotency-Key.</summary>
    public RetryStrategyOptions<HttpResponseMessage> Retry { get; set; } = new()
    {
        MaxRetryAttempts = 3,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromMilliseconds(200),
        MaxDelay = TimeSpan.FromSeconds(3),
    };

    /// <summary>One for each host. It opens when most calls fail, and tries again soon, since most restarts take seconds.</summary>
    public CircuitBreakerStrategyOptions<HttpResponseMessage> CircuitBreaker { get; set; } = new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = 20,
        SamplingDuration = TimeSpan.FromSeconds(10),
        BreakDuration = TimeSpan.FromSeconds(2),
    };

    /// <summary>Ends one attempt.</summary>
    public TimeoutStrategyOptions AttemptTimeout { get; set; } = new() { Timeout = TimeSpan.FromSeconds(3) };
}
