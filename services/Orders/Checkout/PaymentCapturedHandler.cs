using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentCapturedHandler(CheckoutSaga saga) : IEventHandler<PaymentCaptured>
{
    public Task HandleAsync(PaymentCaptured e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([new(e.OrderId, CheckoutTrigger.PaymentCaptured, e)], cancellationToken);
}
