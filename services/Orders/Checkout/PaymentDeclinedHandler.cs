using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentDeclinedHandler(CheckoutSaga saga) : IEventBatchHandler<PaymentDeclined>
{
    public Task HandleAsync(IReadOnlyList<PaymentDeclined> events, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([.. events.Select(e => new CheckoutStep(e.OrderId, CheckoutTrigger.PaymentDeclined, e))], cancellationToken);
}
