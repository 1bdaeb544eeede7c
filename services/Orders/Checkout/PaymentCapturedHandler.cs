using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentCapturedHandler(CheckoutSaga saga) : IEventHandler<PaymentCaptured>
{
    public Task HandleAsync(PaymentCaptured e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync(e, e.OrderId, CheckoutTrigger.PaymentCaptured, cancellationToken);
}
