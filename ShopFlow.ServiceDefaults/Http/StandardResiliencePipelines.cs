using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Timeout;

namespace ShopFlow.ServiceDefaults.Http;

/// <summary>
/// One pipeline for each client and host. They live longer than the handlers, which the client factory replaces every few minutes,
/// so that a circuit stays open.
/// </summary>
internal sealed class StandardResiliencePipelines(IOptionsMonitor<HttpStandardResilienceOptions> options, TimeProvider time)
{
    public static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("request");

    private readonly ConcurrentDictionary<(string Client, string Authority), ResiliencePipeline<HttpResponseMessage>> _pipelines = [];

    public ResiliencePipeline<HttpResponseMessage> Get(string client, string authority)
        => _pipelines.GetOrAdd((client, authority), static (key, self) => self.Build(key.Client), this);

    private ResiliencePipeline<HttpResponseMessage> Build(string client)
    {
        var settings = options.Get(client);
        var retry = settings.Retry;
        var circuitBreaker = settings.CircuitBreaker;

        retry.ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome) && MayRepeat(args.Context));
        retry.DelayGenerator ??= args => ValueTask.FromResult(args.Outcome.Result?.Headers.RetryAfter?.Delta);
        circuitBreaker.ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome));

        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(settings.TotalRequestTimeout)
            .AddRetry(retry)
            .AddCircuitBreaker(circuitBreaker)
            .AddTimeout(settings.AttemptTimeout)
            .Build();
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        _ => false,
    };

    /// <summary>RFC 9110, section 9.2.2, and the Idempotency-Key header. A stream can be sent once only.</summary>
    private static bool MayRepeat(ResilienceContext context)
    {
        if (!context.Properties.TryGetValue(Request, out var request) || request.Content is StreamContent)
            return false;

        return request.Method.Method is "GET" or "HEAD" or "OPTIONS" or "TRACE" or "PUT" or "DELETE"
            || request.Headers.Contains("Idempotency-Key");
    }
}
