using ShopFlow.Orders.Checkout;
using ShopFlow.Orders.Data;
using static ShopFlow.Orders.Checkout.CheckoutTrigger;
using static ShopFlow.Orders.Data.OrderState;

namespace ShopFlow.Tests.Orders;

public sealed class CheckoutMachineTests
{
    private static readonly Dictionary<(OrderState, CheckoutTrigger), CheckoutTransition> Moves = new()
    {
        [(AwaitingStock, StockReserved)] = new(AwaitingPayment, CheckoutAction.RequestPayment),
        [(AwaitingStock, StockReservedForFree)] = new(Confirmed, CheckoutAction.Confirm),
        [(AwaitingStock, StockRejected)] = new(Cancelled, CheckoutAction.Cancel, "OutOfStock"),
        [(AwaitingStock, DeadlinePassed)] = new(Cancelled, CheckoutAction.Cancel, "StockTimeout"),
        [(AwaitingStock, ShopperCancelled)] = new(Cancelled, CheckoutAction.Cancel, "CancelledByShopper"),
        [(AwaitingPayment, PaymentCaptured)] = new(Confirmed, CheckoutAction.Confirm),
        [(AwaitingPayment, PaymentDeclined)] = new(Cancelled, CheckoutAction.Cancel, "PaymentDeclined"),
        [(AwaitingPayment, DeadlinePassed)] = new(Cancelled, CheckoutAction.Cancel, "PaymentTimeout"),
        [(AwaitingPayment, ShopperCancelled)] = new(Cancelled, CheckoutAction.Cancel, "CancelledByShopper"),
        [(AwaitingPayment, ChallengeRequired)] = new(AwaitingChallenge, CheckoutAction.None),
        [(AwaitingChallenge, PaymentCaptured)] = new(Confirmed, CheckoutAction.Confirm),
        [(AwaitingChallenge, PaymentDeclined)] = new(Cancelled, CheckoutAction.Cancel, "PaymentDeclined"),
        [(AwaitingChallenge, DeadlinePassed)] = new(Cancelled, CheckoutAction.Cancel, "PaymentTimeout"),
        [(AwaitingChallenge, ShopperCancelled)] = new(Cancelled, CheckoutAction.Cancel, "CancelledByShopper"),
        [(Confirmed, ShopperCancelled)] = new(Cancelled, CheckoutAction.CancelAndRefund, "CancelledByShopper"),
        [(Cancelled, PaymentCaptured)] = new(Cancelled, CheckoutAction.Refund),
    };

    public static TheoryData<string, string> Everything =>
        new(Enum.GetValues<OrderState>().SelectMany(state => Enum.GetValues<CheckoutTrigger>().Select(trigger => (state.ToString(), trigger.ToString()))));

    [Theory]
    [MemberData(nameof(Everything))]
    public void Every_state_answers_every_trigger(string stateName, string triggerName)
    {
        var state = Enum.Parse<OrderState>(stateName);
        var trigger = Enum.Parse<CheckoutTrigger>(triggerName);

        if ((state, trigger) == (AwaitingStock, PaymentCaptured))
        {
            Assert.Throws<InvalidOperationException>(() => CheckoutMachine.Next(state, trigger));
            return;
        }

        var expected = Moves.GetValueOrDefault((state, trigger), new(state, CheckoutAction.None));
        Assert.Equal(expected, CheckoutMachine.Next(state, trigger));
    }
}
