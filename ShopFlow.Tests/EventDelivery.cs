using RabbitMQ.Client;
using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Tests;

/// <summary>Hands events to a service's handler as its consumer does, without a broker.</summary>
internal static class EventDelivery
{
    /// <summary>All of them as one batch.</summary>
    /// <returns>Whether none of them had been handled before.</returns>
    public static async Task<bool> DeliverAsync<TEvent, THandler>(this IEventDispatcher dispatcher, params IReadOnlyList<TEvent> events)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent>
    {
        var subscription = Subscription.Of<TEvent, THandler>();
        var handled = await dispatcher.DispatchAsync(
            [.. events.Select((e, index) => new ReceivedEvent(
                new("", (ulong)index, false, "", subscription.EventName, new BasicProperties(), default), subscription, e, activity: null))],
            CancellationToken.None);
        return handled.Count == events.Count;
    }
}
