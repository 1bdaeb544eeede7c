using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>One event and its handler, with the types closed over so that dispatch needs no reflection.</summary>
internal sealed record Subscription(
    string EventName,
    Type EventType,
    Type HandlerType,
    Func<IServiceProvider, IReadOnlyList<ReceivedEvent>, CancellationToken, Task> InvokeAsync)
{
    public string Family => EventNameAttribute.FamilyOf(EventName);

    /// <exception cref="InvalidOperationException">The handler is of neither kind.</exception>
    public static Subscription Of<TEvent, THandler>()
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent>
        => new(
            EventNameAttribute.Of(typeof(TEvent)),
            typeof(TEvent),
            typeof(THandler),
            (services, received, cancellationToken) => services.GetRequiredService<THandler>() switch
            {
                IEventBatchHandler<TEvent> handler => handler.HandleAsync([.. received.Select(one => (TEvent)one.Event)], cancellationToken),
                IEventHandler<TEvent> handler => HandleEachAsync(handler, received, cancellationToken),
                _ => throw new InvalidOperationException($"{typeof(THandler).Name} handles {typeof(TEvent).Name} neither one by one nor in batches."),
            });

    // What a handler does, and what it publishes, belongs to the trace of its own event.
    private static async Task HandleEachAsync<TEvent>(
        IEventHandler<TEvent> handler, IReadOnlyList<ReceivedEvent> received, CancellationToken cancellationToken)
        where TEvent : IntegrationEvent
    {
        foreach (var one in received)
        {
            Activity.Current = one.Activity;
            await handler.HandleAsync((TEvent)one.Event, cancellationToken);
        }
    }
}
