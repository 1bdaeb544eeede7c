using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentDeclinedHandler(CheckoutSaga saga) : IEventHandler<PaymentDeclined>
{
    public Task HandleAsync(PaymentDeclined e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([new(e.OrderId, CheckoutTrigger.PaymentDeclined, e)], cancellationToken);
}
