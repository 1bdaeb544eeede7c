using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>What a service does about an event: <see cref="IEventHandler{TEvent}"/> or <see cref="IEventBatchHandler{TEvent}"/>.</summary>
public interface IConsumer<in TEvent>
    where TEvent : IntegrationEvent;
