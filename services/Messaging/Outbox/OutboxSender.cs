using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ShopFlow.Messaging;

/// <summary>Sends a batch of events at once and tells row by row what the broker made of it.</summary>
internal sealed class OutboxSender(
    ConfirmedPublisher publisher, MessagingTelemetry telemetry, MessagingOptions options, TimeProvider time, ILogger<OutboxSender> logger)
{
    private static readonly TimeSpan ShortestHold = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(30);

    private enum Fate
    {
        Sent,
        Unwanted,
        Failed,
    }

    public Task OpenAsync(CancellationToken cancellationToken) => publisher.OpenAsync(cancellationToken);

    public async Task<SendResults> SendAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.SendTimeout);

        Exception? failure = null;
        var fates = await Task.WhenAll(rows.Select(SendOneAsync));

        var now = time.GetUtcNow();
        var sent = rows.Where((_, index) => fates[index] == Fate.Sent).Select(row => row.Position);
        var unwanted = rows.Where((_, index) => fates[index] == Fate.Unwanted).Select(row => (row.Position, now + HoldOf(row, now)));
        return new([.. sent], [.. unwanted], failure);

        async Task<Fate> SendOneAsync(OutboxRow row)
        {
            try
            {
                return await SendAsync(row, limit.Token);
            }
            catch (Exception e)
            {
                failure ??= e;
                return Fate.Failed;
            }
        }
    }

    private async Task<Fate> SendAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        using var activity = MessagingTelemetry.StartSending(row.Name, row.Id, row.TraceParent);
        try
        {
            await publisher.PublishAsync(Topology.Exchange, row.Name, PropertiesOf(row, activity), row.Payload, cancellationToken);
        }
        catch (PublishException e) when (e.IsReturn)
        {
            return await SetAsideAsync(row, activity, cancellationToken);
        }

        telemetry.Published(row.Name);
        return Fate.Sent;
    }

    // No queue is bound yet: at the first start of the platform its consumers may only be on their way.
    private async Task<Fate> SetAsideAsync(OutboxRow row, Activity? activity, CancellationToken cancellationToken)
    {
        activity?.SetStatus(ActivityStatusCode.Error, "No queue wants the event.");
        if (time.GetUtcNow() - row.OccurredAt < options.UnroutedAfter)
            return Fate.Unwanted;

        await publisher.PublishAsync("", Topology.UnroutedQueue, PropertiesOf(row, activity), row.Payload, cancellationToken);
        logger.LogWarning("Nobody consumes {Event}: {Id} is set aside in {Queue}", row.Name, row.Id, Topology.UnroutedQueue);
        telemetry.Unrouted(row.Name);
        return Fate.Sent;
    }

    // Waits as long again as the event is old, so 1, 2, 4, ... seconds.
    private static TimeSpan HoldOf(OutboxRow row, DateTimeOffset now)
    {
        var age = now - row.OccurredAt;
        return age < ShortestHold ? ShortestHold : age > LongestHold ? LongestHold : age;
    }

    private static BasicProperties PropertiesOf(OutboxRow row, Activity? activity) => new()
    {
        MessageId = row.Id.ToString(),
        Type = row.Name,
        ContentType = "application/json",
        Timestamp = new(row.OccurredAt.ToUnixTimeSeconds()),
        Persistent = true,
        Headers = (activity?.Id ?? row.TraceParent) is { } traceParent
            ? new Dictionary<string, object?> { [MessageHeaders.TraceParent] = traceParent }
            : null,
    };
}
