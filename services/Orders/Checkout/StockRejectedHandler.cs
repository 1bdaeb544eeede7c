using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class StockRejectedHandler(CheckoutSaga saga) : IEventBatchHandler<StockRejected>
{
    public Task HandleAsync(IReadOnlyList<StockRejected> events, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([.. events.Select(e => new CheckoutStep(e.OrderId, CheckoutTrigger.StockRejected, e))], cancellationToken);
}
