using RabbitMQ.Client;
using ShopFlow.Messaging;

namespace ShopFlow.Tests.Messaging;

/// <summary>Looks at the broker from outside.</summary>
internal sealed class Wire(IConnection connection, IChannel channel) : IAsyncDisposable
{
    public IChannel Channel => channel;

    public static async Task<Wire> ConnectAsync(string broker)
    {
        var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        return new(connection, await connection.CreateChannelAsync());
    }

    public Task SendAsync(string routingKey, string? messageId, byte[] body) => channel.BasicPublishAsync(
        Topology.Exchange, routingKey, mandatory: false, new BasicProperties { MessageId = messageId, Type = routingKey, Persistent = true }, body).AsTask();

    /// <summary>The next dead letter of a queue, waited for.</summary>
    public async Task<BasicGetResult> DeadLetterAsync(string queue)
    {
        BasicGetResult? letter = null;
        await Eventually.TrueAsync(
            async () => (letter = await channel.BasicGetAsync(Topology.DeadQueue(queue), autoAck: true)) is not null,
            TimeSpan.FromSeconds(15),
            () => $"no dead letter in {queue}");
        return letter!;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
