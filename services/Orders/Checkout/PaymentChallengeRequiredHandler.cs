using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentChallengeRequiredHandler(CheckoutSaga saga) : IEventHandler<PaymentChallengeRequired>
{
    public Task HandleAsync(PaymentChallengeRequired e, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([new(e.OrderId, CheckoutTrigger.ChallengeRequired, e)], cancellationToken);
}
