using ShopFlow.Cart.Identity;
using ShopFlow.Cart.Storage;
using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Cart.Editing;

/// <summary>What was ordered leaves the cart, unless the shopper has changed it since. A second delivery finds another version or none.</summary>
internal sealed class ClearOrderedCart(CartStore store) : IEventBatchHandler<OrderPlaced>
{
    public Task HandleAsync(IReadOnlyList<OrderPlaced> events, CancellationToken cancellationToken) =>
        Task.WhenAll(events.Select(ClearAsync)).WaitAsync(cancellationToken);

    private Task ClearAsync(OrderPlaced order) =>
        CartKey.TryParse(order.CartId, out var key) ? store.ClearAsync(key, order.CartVersion) : Task.CompletedTask;
}
