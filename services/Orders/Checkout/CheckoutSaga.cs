using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.Checkout;

/// <summary>
/// Moves one order along <see cref="CheckoutMachine"/>. Runs inside a transaction of its caller, which commits the new state, its
/// place in the history and the events that follow from it together.
/// </summary>
internal sealed class CheckoutSaga(OrdersDbContext db, OrdersOptions options, TimeProvider time)
{
    /// <summary>Applies a trigger to an order.</summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public async Task AdvanceAsync(Guid orderId, CheckoutTrigger trigger, CancellationToken cancellationToken, PaymentCaptured? payment = null)
    {
        var order = await LockAsync(orderId, cancellationToken)
            ?? throw new InvalidOperationException($"{trigger} for the unknown order {orderId}.");
        Advance(order, trigger, payment);
    }

    /// <summary>The order, which nobody else can move until the transaction ends.</summary>
    public Task<Order?> LockAsync(Guid orderId, CancellationToken cancellationToken) =>
        db.Orders.FromSql($"select * from orders where id = {orderId} for update").AsTracking().SingleOrDefaultAsync(cancellationToken);

    public void Advance(Order order, CheckoutTrigger trigger, PaymentCaptured? payment = null)
    {
        var transition = CheckoutMachine.Next(order.State, trigger);
        if (transition.To != order.State)
            Enter(order, transition, payment);

        Tell(order, transition.Action, payment);
    }

    private void Enter(Order order, CheckoutTransition transition, PaymentCaptured? payment)
    {
        var now = time.GetUtcNow();
        order.State = transition.To;
        order.Step++;
        order.Reason = transition.Reason;
        order.Deadline = transition.To is CheckoutState.AwaitingPayment ? now + options.PaymentDeadline : null;
        order.PaymentId = payment?.PaymentId ?? order.PaymentId;
        db.StatusChanges.Add(new()
        {
            OrderId = order.Id,
            Step = order.Step,
            State = order.State,
            Reason = order.Reason,
            At = now,
        });
    }

    private void Tell(Order order, CheckoutAction action, PaymentCaptured? payment)
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
            case CheckoutAction.RequestRefund:
                db.Publish(new RefundRequested(order.Id, payment!.PaymentId, payment.Amount, payment.Currency, order.Reason!));
                break;
            case CheckoutAction.None:
                break;
            default:
                throw new InvalidOperationException($"Unknown action {action}.");
        }
    }
}
