using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>One event and its handler, with the types closed over so that dispatch needs no reflection.</summary>
internal sealed record Subscription(
    string EventName,
    Type EventType,
    Type HandlerType,
    Func<IServiceProvider, IntegrationEvent, CancellationToken, Task> InvokeAsync)
{
    public string Family => EventNameAttribute.FamilyOf(EventName);

    public static Subscription Of<TEvent, THandler>()
        where TEvent : IntegrationEvent
        where THandler : class, IEventHandler<TEvent>
        => new(
            EventNameAttribute.Of(typeof(TEvent)),
            typeof(TEvent),
            typeof(THandler),
            (services, e, cancellationToken) => services.GetRequiredService<THandler>().HandleAsync((TEvent)e, cancellationToken));
}
