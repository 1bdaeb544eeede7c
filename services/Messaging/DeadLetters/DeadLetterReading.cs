using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ShopFlow.Messaging;

/// <summary>
/// One look into the dead-letter queues of a service, on a connection of its own: the broker lends what is read, and takes it back when
/// the connection ends, however it ends. Only one reads at a time, of all replicas, since another would find gaps. An exclusive
/// queue is the lock: it goes with the connection of whoever holds it.
/// </summary>
internal sealed class DeadLetterReading : IAsyncDisposable
{
    private const int ResourceLocked = 405;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);

    private readonly IConnection connection;
    private readonly IChannel channel;

    private DeadLetterReading(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public static async Task<DeadLetterReading> OpenAsync(
        IConnectionFactory factory, string serviceName, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await factory.CreateConnectionAsync($"{serviceName} looks at dead letters", cancellationToken);
        try
        {
            while (!await TryLockAsync(connection, $"{serviceName}.dead-letters", cancellationToken))
                await Task.Delay(LockRetry, time, cancellationToken);

            return new(connection, await connection.CreateChannelAsync(cancellationToken: cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>What is dead in a queue, up to <paramref name="depth"/>.</summary>
    public async Task<List<BasicGetResult>> BorrowAsync(string queue, int depth, CancellationToken cancellationToken)
    {
        var lent = new List<BasicGetResult>();
        while (lent.Count < depth && await channel.BasicGetAsync(Topology.DeadQueue(queue), autoAck: false, cancellationToken) is { } message)
            lent.Add(message);

        return lent;
    }

    /// <summary>Ends a letter for good.</summary>
    public ValueTask SettleAsync(BasicGetResult letter, CancellationToken cancellationToken) =>
        channel.BasicAckAsync(letter.DeliveryTag, multiple: false, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static async Task<bool> TryLockAsync(IConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var attempt = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await attempt.QueueDeclareAsync(name, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellationToken);
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == ResourceLocked)
        {
            return false;
        }
    }
}
