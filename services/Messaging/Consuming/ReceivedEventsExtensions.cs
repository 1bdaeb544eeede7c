namespace ShopFlow.Messaging;

internal static class ReceivedEventsExtensions
{
    /// <summary>Calls the handler of each type of event, in the order in which the types arrived.</summary>
    public static async Task InvokeHandlersAsync(
        this IReadOnlyCollection<ReceivedEvent> batch, IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var events in batch.GroupBy(received => received.Subscription.EventName))
            await events.First().Subscription.InvokeAsync(services, [.. events], cancellationToken);
    }
}
