using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentDeclinedHandler(CheckoutSaga saga) : IEventHandler<PaymentDeclined>
{
    public Task HandleAsync(PaymentDeclined e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync(e, e.OrderId, CheckoutTrigger.PaymentDeclined, cancellationToken);
}
