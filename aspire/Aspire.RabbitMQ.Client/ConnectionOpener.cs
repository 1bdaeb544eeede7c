using System.Diagnostics;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.RabbitMQ.Client;

internal static class ConnectionOpener
{
    public const string ActivitySourceName = "Aspire.RabbitMQ.Client";

    private static readonly ActivitySource s_source = new(ActivitySourceName);

    /// <summary>
    /// Connects, and tries again after 1, 2, 4, ... seconds while the broker cannot be reached. Blocks, because a
    /// container can only create its services synchronously.
    /// </summary>
    public static IConnection Open(IConnectionFactory factory, int retryCount)
    {
        using var activity = s_source.StartActivity("rabbitmq connect", ActivityKind.Client);
        Describe(activity, factory.Uri);

        return Retries(retryCount)
            .ExecuteAsync(static async (factory, cancellationToken) => await AttemptAsync(factory, cancellationToken), factory)
            .AsTask()
            .GetAwaiter()
            .GetResult();
    }

    private static ResiliencePipeline Retries(int retryCount)
    {
        if (retryCount <= 0)
            return ResiliencePipeline.Empty;

        return new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<BrokerUnreachableException>(),
                BackoffType = DelayBackoffType.Exponential,
                MaxRetryAttempts = retryCount,
                Delay = TimeSpan.FromSeconds(1),
            })
            .Build();
    }

    private static async Task<IConnection> AttemptAsync(IConnectionFactory factory, CancellationToken cancellationToken)
    {
        using var activity = s_source.StartActivity("rabbitmq connect attempt", ActivityKind.Client);
        Describe(activity, factory.Uri);
        activity?.SetTag("messaging.operation", "connect");

        try
        {
            return await factory.CreateConnectionAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            activity?.SetTag("exception.type", exception.GetType().FullName);
            activity?.SetTag("exception.message", exception.Message);
            activity?.SetTag("exception.stacktrace", exception.ToString());
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private static void Describe(Activity? activity, Uri address)
    {
        activity?.SetTag("server.address", address.Host);
        activity?.SetTag("server.port", address.Port);
        activity?.SetTag("messaging.system", "rabbitmq");
    }
}
