using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Orders.Checkout;

internal sealed class PaymentChallengeRequiredHandler(CheckoutSaga saga) : IEventBatchHandler<PaymentChallengeRequired>
{
    public Task HandleAsync(IReadOnlyList<PaymentChallengeRequired> events, CancellationToken cancellationToken) =>
        saga.AdvanceAsync([.. events.Select(e => new CheckoutStep(e.OrderId, CheckoutTrigger.ChallengeRequired, e))], cancellationToken);
}
