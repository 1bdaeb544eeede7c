using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>
/// An <see cref="IEventHandler{TEvent}"/> that is given all events of its type that wait in the queue, oldest first and none of
/// them twice, so that a busy service can do for many in one statement what it would do for one. If it fails they are handed over
/// again one by one, so that only the one that is at fault suffers.
/// </summary>
public interface IEventBatchHandler<in TEvent> : IConsumer<TEvent>
    where TEvent : IntegrationEvent
{
    /// <param name="events">At least one. What follows from one of them is published with it as the cause.</param>
    /// <param name="cancellationToken">Ends when the batch takes too long.</param>
    Task HandleAsync(IReadOnlyList<TEvent> events, CancellationToken cancellationToken);
}
