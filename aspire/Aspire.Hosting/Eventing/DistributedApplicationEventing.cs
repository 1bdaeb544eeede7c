using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _changing = new();
    private readonly Dictionary<Type, List<DistributedApplicationEventSubscription>> _subscriptions = [];

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent =>
        Add<T>(new DistributedApplicationEventSubscription((@event, cancellationToken) => callback((T)@event, cancellationToken)));

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(resource);

        return Add<T>(new DistributedApplicationResourceEventSubscription(
            resource,
            (@event, cancellationToken) => @event.Resource == resource ? callback((T)@event, cancellationToken) : Task.CompletedTask));
    }

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_changing)
        {
            foreach (var subscriptions in _subscriptions.Values)
            {
                subscriptions.Remove(subscription);
            }
        }
    }

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default) where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        var callbacks = CallbacksFor<T>();

        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingSequential:
                return CallInTurnAsync();

            case EventDispatchBehavior.BlockingConcurrent:
                return CallAtOnceAsync();

            case EventDispatchBehavior.NonBlockingSequential:
                _ = Task.Run(CallInTurnAsync, CancellationToken.None);
                return Task.CompletedTask;

            case EventDispatchBehavior.NonBlockingConcurrent:
                _ = Task.Run(CallAtOnceAsync, CancellationToken.None);
                return Task.CompletedTask;

            default:
                throw new ArgumentOutOfRangeException(nameof(dispatchBehavior));
        }

        async Task CallInTurnAsync()
        {
            foreach (var callback in callbacks)
            {
                await callback(@event, cancellationToken);
            }
        }

        Task CallAtOnceAsync() => Task.WhenAll(callbacks.Select(callback => callback(@event, cancellationToken)));
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        lock (_changing)
        {
            if (!_subscriptions.TryGetValue(typeof(T), out var subscriptions))
            {
                _subscriptions[typeof(T)] = subscriptions = [];
            }

            subscriptions.Add(subscription);
            return subscription;
        }
    }

    private Func<IDistributedApplicationEvent, CancellationToken, Task>[] CallbacksFor<T>()
    {
        lock (_changing)
        {
            return _subscriptions.TryGetValue(typeof(T), out var subscriptions)
                ? [.. subscriptions.Select(subscription => subscription.Callback)]
                : [];
        }
    }
}
