namespace ShopFlow.Messaging;

/// <summary>A queue named <c>service.family</c> and what is subscribed to through it.</summary>
internal sealed record ConsumedQueue(string Name, IReadOnlyDictionary<string, Subscription> Subscriptions)
{
    /// <summary>One queue for each family of events, so that trouble with one family doesn't hold up the others.</summary>
    public static IReadOnlyList<ConsumedQueue> For(string serviceName, IEnumerable<Subscription> subscriptions) =>
        [.. subscriptions
            .GroupBy(subscription => subscription.Family)
            .Select(family => new ConsumedQueue(NameOf(serviceName, family.Key), family.ToDictionary(subscription => subscription.EventName)))];

    public static string NameOf(string serviceName, string family) => $"{serviceName}.{family}";
}
