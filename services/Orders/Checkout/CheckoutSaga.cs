using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;
using ShopFlow.Orders.Promotions;
using ShopFlow.Orders.Refunds;

namespace ShopFlow.Orders.Checkout;

/// <summary>
/// Moves orders along <see cref="CheckoutMachine"/>, many at once: one statement locks them, the machine decides in memory, one
/// statement writes them back. Runs inside a transaction of its caller, which saves the events that follow and commits.
/// </summary>
internal sealed class CheckoutSaga(OrdersDbContext db, Refunding refunding, OrdersOptions options, TimeProvider time)
{
    private readonly List<StatusChange> changes = [];
    private readonly List<Guid> freed = [];
    private readonly List<(CheckoutOrder Order, IntegrationEvent? Cause)> refunds = [];

    /// <exception cref="InvalidOperationException">There is no such order, or the machine has no place for such an event.</exception>
    public async Task AdvanceAsync(IReadOnlyCollection<CheckoutStep> steps, CancellationToken cancellationToken)
    {
        var orders = await db.LockAsync(steps.Select(step => step.OrderId), cancellationToken);
        await AdvanceAsync(orders, steps, cancellationToken);
    }

    /// <summary>Cancels orders that have waited too long; those that something else is moving are left to it.</summary>
    /// <returns>The orders, as they were found.</returns>
    public async Task<IReadOnlyList<(Guid Id, OrderState State, DateTimeOffset? Deadline)>> CancelOverdueAsync(
        int limit, CancellationToken cancellationToken)
    {
        var orders = await db.LockOverdueAsync(time.GetUtcNow(), limit, cancellationToken);
        var found = orders.ConvertAll(order => (order.Id, order.State, order.Deadline));
        await AdvanceAsync(orders, orders.ConvertAll(order => new CheckoutStep(order.Id, CheckoutTrigger.DeadlinePassed)), cancellationToken);
        return found;
    }

    private async Task AdvanceAsync(List<CheckoutOrder> orders, IReadOnlyCollection<CheckoutStep> steps, CancellationToken cancellationToken)
    {
        var byId = orders.ToDictionary(order => order.Id);
        foreach (var step in steps)
        {
            if (!byId.TryGetValue(step.OrderId, out var order))
                throw new InvalidOperationException($"{step.Trigger} for the unknown order {step.OrderId}.");

            Advance(order, step);
        }

        if (orders.FindAll(order => order.IsChanged) is [_, ..] changed)
            await db.SaveAsync(changed, changes, cancellationToken);

        if (freed is [_, ..])
            await db.FreeCouponsAsync(freed, time.GetUtcNow(), cancellationToken);

        foreach (var (order, cause) in refunds)
            await refunding.RefundAllAsync(order.Id, order.Reason!, cause, cancellationToken);

        changes.Clear();
        freed.Clear();
        refunds.Clear();
    }

    private void Advance(CheckoutOrder order, CheckoutStep step)
    {
        var trigger = step.Trigger is CheckoutTrigger.StockReserved && order.Total is 0 ? CheckoutTrigger.StockReservedForFree : step.Trigger;
        var transition = CheckoutMachine.Next(order.State, trigger);
        var isFirstCapture = step.Cause is PaymentCaptured payment && TryRecord(order, payment);

        if (transition.To != order.State)
            Enter(order, transition, (step.Cause as PaymentChallengeRequired)?.Url);

        // A second word of the same capture is no second capture.
        if (transition.Action is not CheckoutAction.Refund || isFirstCapture)
            Act(order, transition.Action, step.Cause);
    }

    private static bool TryRecord(CheckoutOrder order, PaymentCaptured payment)
    {
        if (order.PaymentId is not null)
            return false;

        if (payment.Amount != order.Total || payment.Currency != order.Currency)
            throw new InvalidOperationException($"{payment.Amount} {payment.Currency} were captured for order {order.Id} of {order.Total}.");

        order.PaymentId = payment.PaymentId;
        order.Captured = payment.Amount;
        order.IsChanged = true;
        return true;
    }

    private void Enter(CheckoutOrder order, CheckoutTransition transition, string? challengeUrl)
    {
        var now = time.GetUtcNow();
        order.State = transition.To;
        order.Step++;
        order.Reason = transition.Reason;
        order.Deadline = transition.To switch
        {
            OrderState.AwaitingPayment => now + options.PaymentDeadline,
            OrderState.AwaitingChallenge => now + options.ChallengeDeadline,
            _ => null,
        };
        order.ChallengeUrl = challengeUrl;
        order.IsChanged = true;
        changes.Add(new()
        {
            OrderId = order.Id,
            Step = order.Step,
            State = order.State,
            Reason = order.Reason,
            ChallengeUrl = challengeUrl,
            At = now,
        });

        if (order is { State: OrderState.Cancelled, CouponId: not null })
            freed.Add(order.Id);
    }

    private void Act(CheckoutOrder order, CheckoutAction action, IntegrationEvent? cause)
    {
        switch (action)
        {
            case CheckoutAction.RequestPayment:
                db.Publish(new PaymentRequested(order.Id, order.UserId, order.Total, order.Currency, order.PaymentMethod), cause);
                break;
            case CheckoutAction.Confirm:
                db.Publish(new OrderConfirmed(order.Id, order.UserId, order.Email, order.Total, order.Currency), cause);
                break;
            case CheckoutAction.Cancel:
                db.Publish(new OrderCancelled(order.Id, order.UserId, order.Email, order.Reason!), cause);
                break;
            case CheckoutAction.CancelAndRefund:
                db.Publish(new OrderCancelled(order.Id, order.UserId, order.Email, order.Reason!), cause);
                refunds.Add((order, cause));
                break;
            case CheckoutAction.Refund:
                refunds.Add((order, cause));
                break;
            case CheckoutAction.None:
                break;
            default:
                throw new InvalidOperationException($"Unknown action {action}.");
        }
    }
}
