using System.Threading.RateLimiting;
using RabbitMQ.Client;

namespace ShopFlow.Messaging;

/// <summary>
/// Publishes on one channel with confirms: a message counts as sent when the broker has written it down. The connection is not
/// that of the consumers, because a broker short of memory or disk stops reading from those who publish.
/// </summary>
internal sealed class ConfirmedPublisher(IConnectionFactory factory, PlatformConsumers platform, MessagingOptions options) : IAsyncDisposable
{
    private readonly BrokerConnection connection = new(factory, $"{options.ServiceName} publishes");
    private readonly SemaphoreSlim opening = new(1, 1);
    private IChannel? channel;

    public bool IsOpen => channel is { IsOpen: true };

    /// <summary>Connects if need be, and declares where events go.</summary>
    public async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (channel is { IsOpen: true } open)
            return open;

        await opening.WaitAsync(cancellationToken);
        try
        {
            if (channel is not { IsOpen: true })
                channel = await CreateChannelAsync(cancellationToken);

            return channel;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Returns when the broker has confirmed the message.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">No queue wants the message (IsReturn), or the broker refused it.</exception>
    public async Task PublishAsync(
        string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var open = await OpenAsync(cancellationToken);
        await open.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        opening.Dispose();
    }

    private async Task<IChannel> CreateChannelAsync(CancellationToken cancellationToken)
    {
        var outstanding = new ConcurrencyLimiter(new() { PermitLimit = 256, QueueLimit = int.MaxValue });
        var channelOptions = new CreateChannelOptions(
            publisherConfirmationsEnabled: true,
            publisherConfirmationTrackingEnabled: true,
            outstandingPublisherConfirmationsRateLimiter: outstanding);

        var open = await connection.OpenAsync(cancellationToken);
        var created = await open.CreateChannelAsync(channelOptions, cancellationToken);
        await Topology.DeclareAllAsync(created, platform.Queues, cancellationToken);
        return created;
    }
}
