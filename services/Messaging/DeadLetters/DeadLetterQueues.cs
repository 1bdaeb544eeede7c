using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RabbitMQ.Client;

namespace ShopFlow.Messaging;

/// <summary>What can be done about the dead letters of this service, one caller at a time.</summary>
internal sealed class DeadLetterQueues(
    IReadOnlyList<ConsumedQueue> queues, IConnectionFactory factory, ConfirmedPublisher publisher, MessagingOptions options, TimeProvider time)
{
    /// <summary>How deep into a queue one can look.</summary>
    public const int Depth = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Oldest first: a quorum queue doesn't keep the order of what was lent.</summary>
    /// <exception cref="TimeoutException">The broker is slow, or others look for too long.</exception>
    public Task<(IReadOnlyList<DeadLetter> Letters, long Total)> ListAsync(int skip, int take, CancellationToken cancellationToken) => ReadAsync(
        async (reading, stop) =>
        {
            var letters = new List<DeadLetter>();
            var total = 0L;
            foreach (var queue in queues)
            {
                var lent = await reading.BorrowAsync(queue.Name, Depth, stop);
                letters.AddRange(lent.Select(message => Read(queue.Name, message)));
                total += lent is [.., var last] ? lent.Count + last.MessageCount : 0;
            }

            var oldestFirst = letters.OrderBy(letter => letter.FailedAt).ThenBy(letter => letter.Id, StringComparer.Ordinal);
            return ((IReadOnlyList<DeadLetter>)[.. oldestFirst.Skip(skip).Take(take)], total);
        },
        cancellationToken);

    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(0, Depth, cancellationToken)).Letters.FirstOrDefault(letter => letter.Id == id);

    /// <summary>Puts dead letters back into their queues with all attempts before them; with an id that one only.</summary>
    /// <returns>How many.</returns>
    public Task<int> ReplayAsync(string? id, CancellationToken cancellationToken) => SettleAsync(id, PutBackAsync, cancellationToken);

    /// <summary>Throws dead letters away; with an id that one only.</summary>
    /// <returns>How many.</returns>
    public Task<int> DropAsync(string? id, CancellationToken cancellationToken) =>
        SettleAsync(id, (_, _, _) => Task.CompletedTask, cancellationToken);

    private Task<int> SettleAsync(
        string? id, Func<string, BasicGetResult, CancellationToken, Task> settle, CancellationToken cancellationToken) => ReadAsync(
        async (reading, stop) =>
        {
            var settled = 0;
            foreach (var queue in queues)
            {
                var lent = await reading.BorrowAsync(queue.Name, Depth, stop);
                foreach (var message in lent.Where(message => id is null || IdOf(message) == id))
                {
                    await settle(queue.Name, message, stop);
                    await reading.SettleAsync(message, stop);
                    settled++;
                }
            }

            return settled;
        },
        cancellationToken);

    private async Task<T> ReadAsync<T>(Func<DeadLetterReading, CancellationToken, Task<T>> useAsync, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await using var reading = await DeadLetterReading.OpenAsync(factory, options.ServiceName, time, limit.Token);
            return await useAsync(reading, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The dead letters could not be read within {Limit}.", e);
        }
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

    private static DeadLetter Read(string queue, BasicGetResult message)
    {
        var properties = message.BasicProperties;
        var failedAt = DateTimeOffset.TryParse(properties.Text(MessageHeaders.FailedAt), CultureInfo.InvariantCulture, out var at) ? at : (DateTimeOffset?)null;
        return new(
            IdOf(message),
            queue,
            properties.Type,
            properties.Text(MessageHeaders.Reason) ?? properties.Text(MessageHeaders.FirstDeathReason),
            properties.AttemptsSoFar(),
            failedAt,
            BodyOf(message));
    }

    // Never its place in the queue, which is another's by the next look.
    private static string IdOf(BasicGetResult message) => message.BasicProperties.MessageId is { Length: > 0 } id
        ? id
        : Convert.ToHexStringLower(SHA256.HashData(message.Body.Span).AsSpan(0, 16));

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
