using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;
using Microsoft.Extensions.Hosting;
using Resource = Aspire.Hosting.Dashboard.Protocol.Resource;

namespace Aspire.Hosting.Dashboard;

/// <summary>Keeps the latest message of each resource, and tells every subscriber first all of them, then each change.</summary>
internal sealed class ResourceFeed(ResourceNotificationService notifications, TimeProvider time) : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Resource> _current = new(StringComparer.Ordinal);
    private readonly HashSet<Channel<Resource>> _subscribers = [];

    /// <summary>Ends with an <see cref="OperationCanceledException"/> when the token fires.</summary>
    public async Task WatchAsync(
        Func<WatchResourcesUpdate, Task> send, CancellationToken cancellationToken)
    {
        var changes = Channel.CreateUnbounded<Resource>(new UnboundedChannelOptions { SingleReader = true });
        var initial = Subscribe(changes);
        try
        {
            await send(new WatchResourcesUpdate { InitialData = initial });
            while (await changes.Reader.WaitToReadAsync(cancellationToken))
            {
                await send(new WatchResourcesUpdate { Changes = TakeAll(changes.Reader) });
            }
        }
        finally
        {
            Unsubscribe(changes);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = time.GetUtcNow().UtcDateTime;
        await foreach (var change in notifications.WatchAsync(stoppingToken))
        {
            Publish(ResourceMessage.Create(change, started));
        }
    }

    private void Publish(Resource resource)
    {
        lock (_gate)
        {
            _current[resource.Name] = resource;
            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryWrite(resource);
            }
        }
    }

    private InitialResources Subscribe(Channel<Resource> changes)
    {
        lock (_gate)
        {
            _subscribers.Add(changes);
            return new InitialResources { Resources = { _current.Values } };
        }
    }

    private void Unsubscribe(Channel<Resource> changes)
    {
        lock (_gate)
        {
            _subscribers.Remove(changes);
        }
    }

    /// <summary>Only the last of several changes of one resource: the message holds the whole resource.</summary>
    private static ResourceChanges TakeAll(ChannelReader<Resource> reader)
    {
        var latest = new Dictionary<string, Resource>(StringComparer.Ordinal);
        while (reader.TryRead(out var resource))
        {
            latest[resource.Name] = resource;
        }

        return new ResourceChanges { Value = { latest.Values.Select(resource => new ResourceChange { Upsert = resource }) } };
    }
}
