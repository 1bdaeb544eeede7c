using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>Which events a service consumes, and who handles each.</summary>
public sealed class MessagingBuilder
{
    private readonly List<Subscription> subscriptions = [];

    internal IReadOnlyList<Subscription> Subscriptions => subscriptions;

    /// <summary>Nothing is handled while this feature flag is on; null for none.</summary>
    internal string? Hold { get; private set; }

    /// <summary>Leaves events at the broker while a feature flag is on.</summary>
    public MessagingBuilder HoldWhile(string flag)
    {
        Hold = flag;
        return this;
    }

    /// <summary>Has <typeparamref name="THandler"/> called for each <typeparamref name="TEvent"/>; one handler an event.</summary>
    /// <exception cref="InvalidOperationException">The event already has a handler.</exception>
    public MessagingBuilder Consume<TEvent, THandler>()
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent>
    {
        var subscription = Subscription.Of<TEvent, THandler>();
        if (subscriptions.Exists(existing => existing.EventName == subscription.EventName))
        {
            throw new InvalidOperationException($"{subscription.EventName} already has a handler.");
        }

        subscriptions.Add(subscription);
        return this;
    }
}
