using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentCapturedHandler(CheckoutSaga saga) : IEventBatchHandler<PaymentCaptured>
{
    public Task HandleAsync(IReadOnlyList<PaymentCaptured> events, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([.. events.Select(e => new CheckoutStep(e.OrderId, CheckoutTrigger.PaymentCaptured, e))], cancellationToken);
}
