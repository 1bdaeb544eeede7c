using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class StockReservedHandler(CheckoutSaga saga) : IEventHandler<StockReserved>
{
    public Task HandleAsync(StockReserved e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([new(e.OrderId, CheckoutTrigger.StockReserved, e)], cancellationToken);
}
