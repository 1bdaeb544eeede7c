using ShopFlow.Orders.Data;
using static ShopFlow.Orders.Checkout.CancellationReasons;
using static ShopFlow.Orders.Checkout.CheckoutTrigger;
using static ShopFlow.Orders.Data.OrderState;

namespace ShopFlow.Orders.Checkout;

/// <summary>
/// The checkout as a table. Events may come twice, late and in any order, so every state has an answer to every trigger: most of
/// them is to stay where it is.
/// </summary>
internal static class CheckoutMachine
{
    public static CheckoutTransition Next(OrderState state, CheckoutTrigger trigger) => (state, trigger) switch
    {
        (AwaitingStock, StockReserved) => new(AwaitingPayment, CheckoutAction.RequestPayment),
        (AwaitingStock, StockReservedForFree) => new(Confirmed, CheckoutAction.Confirm),
        (AwaitingStock, StockRejected) => new(Cancelled, CheckoutAction.Cancel, OutOfStock),
        (AwaitingStock, DeadlinePassed) => new(Cancelled, CheckoutAction.Cancel, StockTimeout),
        (AwaitingStock, ShopperCancelled) => new(Cancelled, CheckoutAction.Cancel, CancelledByShopper),

        (AwaitingPayment, ChallengeRequired) => new(AwaitingChallenge, CheckoutAction.None),
        (AwaitingPayment or AwaitingChallenge, PaymentCaptured) => new(Confirmed, CheckoutAction.Confirm),
        (AwaitingPayment or AwaitingChallenge, CheckoutTrigger.PaymentDeclined) =>
            new(Cancelled, CheckoutAction.Cancel, CancellationReasons.PaymentDeclined),
        (AwaitingPayment or AwaitingChallenge, DeadlinePassed) => new(Cancelled, CheckoutAction.Cancel, PaymentTimeout),
        (AwaitingPayment or AwaitingChallenge, ShopperCancelled) => new(Cancelled, CheckoutAction.Cancel, CancelledByShopper),

        (Confirmed, ShopperCancelled) => new(Cancelled, CheckoutAction.CancelAndRefund, CancelledByShopper),

        // The cancellation and the capture passed each other on the way.
        (Cancelled, PaymentCaptured) => new(Cancelled, CheckoutAction.Refund),

        // Money for an order that never asked for any: it must be seen by somebody, so the event ends among the dead.
        (AwaitingStock, PaymentCaptured) => throw new InvalidOperationException("A payment was captured that was not requested."),

        _ => new(state, CheckoutAction.None),
    };
}
