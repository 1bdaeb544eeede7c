using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>
/// Who consumes what, on the whole platform. Whoever connects to the broker first declares the queues of all, so that no event is
/// lost to a service that has yet to start for the first time. A test holds it against what the services register.
/// </summary>
internal sealed record PlatformConsumers(IReadOnlyDictionary<string, Type[]> EventsByService)
{
    public static readonly PlatformConsumers All = new(new Dictionary<string, Type[]>
    {
        ["auth"] = [typeof(AdminActionRecorded)],
        ["catalog"] = [typeof(StockLevelsChanged)],
        ["inventory"] = [typeof(OrderPlaced), typeof(OrderConfirmed), typeof(OrderCancelled), typeof(ItemsReturned), typeof(ProductsChanged)],
        ["cart"] = [typeof(OrderPlaced)],
        ["orders"] =
        [
            typeof(StockReserved), typeof(StockRejected),
            typeof(PaymentChallengeRequired), typeof(PaymentCaptured), typeof(PaymentDeclined), typeof(PaymentRefunded), typeof(RefundRejected),
        ],
        ["payments"] = [typeof(PaymentRequested), typeof(OrderCancelled), typeof(RefundRequested)],
        ["notifications"] =
        [
            typeof(OrderPlaced), typeof(OrderConfirmed), typeof(OrderCancelled), typeof(OrderShipped), typeof(OrderDelivered), typeof(OrderRefunded),
            typeof(StockLow), typeof(UserRegistered), typeof(PasswordResetRequested),
        ],
        ["recommendations"] =
            [typeof(OrderPlaced), typeof(OrderConfirmed), typeof(OrderCancelled), typeof(ProductsChanged), typeof(StockLevelsChanged)],
        ["search"] = [typeof(ProductsChanged), typeof(StockLevelsChanged)],
    });

    /// <summary>Each queue and the events bound to it.</summary>
    public ILookup<string, string> Queues => EventsByService
        .SelectMany(service => service.Value.Select(EventNameAttribute.Of).Select(name => (Service: service.Key, Name: name)))
        .ToLookup(bound => ConsumedQueue.NameOf(bound.Service, EventNameAttribute.FamilyOf(bound.Name)), bound => bound.Name);
}
