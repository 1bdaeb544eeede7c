using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Refunds;

namespace ShopFlow.Orders.Checkout;

/// <summary>
/// Moves orders along <see cref="CheckoutMachine"/>. Runs inside a transaction of its caller, which commits the new states, their
/// places in the history and the events that follow from them together.
/// </summary>
internal sealed class CheckoutSaga(OrdersDbContext db, Refunding refunding, OrdersOptions options, TimeProvider time)
{
    /// <summary>Applies an event to its order.</summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public async Task AdvanceAsync<TEvent>(TEvent e, Guid orderId, CheckoutTrigger trigger, CancellationToken cancellationToken)
        where TEvent : IntegrationEvent
    {
        var order = await db.LockAsync(orderId, cancellationToken)
            ?? throw new InvalidOperationException($"{trigger} for the unknown order {orderId}.");
        await AdvanceAsync(order, trigger, cancellationToken, e);
    }

    public async Task AdvanceAsync(Order order, CheckoutTrigger trigger, CancellationToken cancellationToken, IntegrationEvent? cause = null)
    {
        var transition = CheckoutMachine.Next(order.State, trigger);
        var isFirstCapture = cause is PaymentCaptured captured && TryRecord(order, captured);

        if (transition.To != order.State)
            Enter(order, transition, (cause as PaymentChallengeRequired)?.Url);

        // A second word of the same capture is no second capture.
        if (transition.Action is not CheckoutAction.Refund || isFirstCapture)
            await ActAsync(order, transition.Action, cancellationToken);
    }

    private static bool TryRecord(Order order, PaymentCaptured payment)
    {
        if (order.PaymentId is not null)
            return false;

        if (payment.Amount != order.Total || payment.Currency != order.Currency)
            throw new InvalidOperationException($"{payment.Amount} {payment.Currency} were captured for order {order.Id} of {order.TotalAmount}.");

        order.PaymentId = payment.PaymentId;
        order.Captured = payment.Amount;
        return true;
    }

    private void Enter(Order order, CheckoutTransition transition, string? challengeUrl)
    {
        var now = time.GetUtcNow();
        order.Deadline = transition.To switch
        {
            OrderState.AwaitingPayment => now + options.PaymentDeadline,
            OrderState.AwaitingChallenge => now + options.ChallengeDeadline,
            _ => null,
        };
        order.ChallengeUrl = challengeUrl;
        order.Reason = transition.Reason;
        db.StatusChanges.Add(order.Enter(transition.To, now));
    }

    private async Task ActAsync(Order order, CheckoutAction action, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case CheckoutAction.RequestPayment:
                db.Publish(new PaymentRequested(order.Id, order.UserId, order.Total, order.Currency, order.PaymentMethod));
                break;
            case CheckoutAction.Confirm:
                db.Publish(new OrderConfirmed(order.Id, order.UserId, order.Email, order.Total, order.Currency));
                break;
            case CheckoutAction.Cancel:
                db.Publish(new OrderCancelled(order.Id, order.UserId, order.Email, order.Reason!));
                break;
            case CheckoutAction.CancelAndRefund:
                db.Publish(new OrderCancelled(order.Id, order.UserId, order.Email, order.Reason!));
                await refunding.RefundAllAsync(order, order.Reason!, cancellationToken);
                break;
            case CheckoutAction.Refund:
                await refunding.RefundAllAsync(order, order.Reason!, cancellationToken);
                break;
            case CheckoutAction.None:
                break;
            default:
                throw new InvalidOperationException($"Unknown action {action}.");
        }
    }
}
