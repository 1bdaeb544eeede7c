using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class StockReservedHandler(CheckoutSaga saga) : IEventBatchHandler<StockReserved>
{
    public Task HandleAsync(IReadOnlyList<StockReserved> events, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([.. events.Select(e => new CheckoutStep(e.OrderId, CheckoutTrigger.StockReserved, e))], cancellationToken);
}
