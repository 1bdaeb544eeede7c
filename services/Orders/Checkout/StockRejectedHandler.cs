using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class StockRejectedHandler(CheckoutSaga saga) : IEventHandler<StockRejected>
{
    public Task HandleAsync(StockRejected e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([new(e.OrderId, CheckoutTrigger.StockRejected, e)], cancellationToken);
}
