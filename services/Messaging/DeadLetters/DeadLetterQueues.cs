using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;

namespace ShopFlow.Messaging;

/// <summary>
/// Looks into the dead-letter queues of this service. The broker lends its messages to whoever looks, and takes back what was not
/// settled, also when the one who looks dies: nothing is lost by looking. Two who look at once each see a part.
/// </summary>
internal sealed class DeadLetterQueues(EventConsumers consumers, IConnectionFactory factory, ConfirmedPublisher publisher, MessagingOptions options)
    : IAsyncDisposable
{
    /// <summary>How deep into a queue one can look.</summary>
    public const int Depth = 1000;

    private readonly BrokerConnection _connection = new(factory, $"{options.ServiceName} looks at dead letters");

    /// <summary>Oldest first, queue by queue.</summary>
    public async Task<(IReadOnlyList<DeadLetter> Letters, long Total)> ListAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using var channel = await OpenAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        var total = 0L;
        foreach (var queue in consumers.Queues)
        {
            var lent = await BorrowAsync(channel, queue, cancellationToken);
            letters.AddRange(lent.Select((message, index) => Read(queue, message, index)));
            await ReturnAsync(channel, queue, lent, cancellationToken);
            total += lent is [.., var last] ? lent.Count + last.MessageCount : 0;
        }

        return ([.. letters.Skip(skip).Take(take)], total);
    }

    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(0, Depth, cancellationToken)).Letters.FirstOrDefault(letter => letter.Id == id);

    /// <summary>Puts dead letters back into their queues with all attempts before them; with an id that one only.</summary>
    /// <returns>How many.</returns>
    public Task<int> ReplayAsync(string? id, CancellationToken cancellationToken) => SettleAsync(id, PutBackAsync, cancellationToken);

    /// <summary>Throws dead letters away; with an id that one only.</summary>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(string? id, CancellationToken cancellationToken) =>
        SettleAsync(id, (_, _, _) => Task.CompletedTask, cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task<int> SettleAsync(
        string? id, Func<string, BasicGetResult, CancellationToken, Task> settle, CancellationToken cancellationToken)
    {
        await using var channel = await OpenAsync(cancellationToken);
        var settled = 0;
        foreach (var queue in consumers.Queues)
        {
            var lent = await BorrowAsync(channel, queue, cancellationToken);
            var kept = new List<BasicGetResult>();
            foreach (var (index, message) in lent.Index())
            {
                if (id is not null && Read(queue, message, index).Id != id)
                {
                    kept.Add(message);
                    continue;
                }

                await settle(queue, message, cancellationToken);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                settled++;
            }

            await ReturnAsync(channel, queue, kept, cancellationToken);
        }

        return settled;
    }

    // First the copy, then the original's end: a crash between the two leaves both, and the inbox lets one of them through.
    private Task PutBackAsync(string queue, BasicGetResult message, CancellationToken cancellationToken) => publisher.PublishAsync(
        "",
        queue,
        new BasicProperties
        {
            MessageId = message.BasicProperties.MessageId,
            Type = message.BasicProperties.Type,
            ContentType = message.BasicProperties.ContentType,
            Timestamp = message.BasicProperties.Timestamp,
            Persistent = true,
            Headers = new Dictionary<string, object?> { [MessageHeaders.TraceParent] = message.BasicProperties.Text(MessageHeaders.TraceParent) },
        },
        message.Body,
        cancellationToken);

    // All of them, because what is returned goes behind what was left: a part would change the order.
    private static async Task<List<BasicGetResult>> BorrowAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        var lent = new List<BasicGetResult>();
        while (lent.Count < Depth && await channel.BasicGetAsync(Topology.DeadQueue(queue), autoAck: false, cancellationToken) is { } message)
            lent.Add(message);

        return lent;
    }

    // The question is answered after what was sent before it has been done: whoever looks next finds everything back in its place.
    private static async Task ReturnAsync(IChannel channel, string queue, List<BasicGetResult> lent, CancellationToken cancellationToken)
    {
        foreach (var message in lent)
            await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, cancellationToken);

        await channel.QueueDeclarePassiveAsync(Topology.DeadQueue(queue), cancellationToken);
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken) =>
        await (await _connection.OpenAsync(cancellationToken)).CreateChannelAsync(cancellationToken: cancellationToken);

    private static DeadLetter Read(string queue, BasicGetResult message, int index)
    {
        var properties = message.BasicProperties;
        var failedAt = DateTimeOffset.TryParse(properties.Text(MessageHeaders.FailedAt), CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null;
        return new(
            string.IsNullOrEmpty(properties.MessageId) ? $"{queue}-{index}" : properties.MessageId,
            queue,
            properties.Type,
            properties.Text(MessageHeaders.Reason),
            properties.AttemptsSoFar(),
            failedAt,
            BodyOf(message));
    }

    private static JsonElement? BodyOf(BasicGetResult message)
    {
        try
        {
            return JsonElement.Parse(message.Body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
