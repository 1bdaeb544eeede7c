using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>
/// What a service does about an event. It is called inside a transaction on the service's DbContext that also records that the
/// event was seen, so the effect happens once however often the event is delivered. Changes to the DbContext are saved and
/// committed afterwards; <see cref="OutboxExtensions.Publish"/> and SQL on the DbContext take part. An exception undoes
/// everything, and the event is delivered again later. Events that are waiting share a transaction, so a handler sees what the
/// one before it left in the DbContext.
/// </summary>
public interface IEventHandler<in TEvent> : IConsumer<TEvent>
    where TEvent : IntegrationEvent
{
    Task HandleAsync(TEvent e, CancellationToken cancellationToken);
}
