namespace ShopFlow.Messaging;

internal interface IEventDispatcher
{
    /// <summary>Calls the handlers of all events that were not handled before. All of them take effect, or none.</summary>
    /// <returns>Those that were not handled before.</returns>
    Task<IReadOnlyCollection<ReceivedEvent>> DispatchAsync(IReadOnlyList<ReceivedEvent> batch, CancellationToken cancellationToken);
}
