using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ShopFlow.Contracts;
using ShopFlow.Payments;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Refunds;
using ShopFlow.Payments.Settlement;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.Tests.Payments;

public sealed class PaymentTests(PaymentsUnderTest payments) : IClassFixture<PaymentsUnderTest>
{
    [Theory]
    [InlineData("card")]
    [InlineData("tok_visa")]
    [InlineData("tok_slow")]
    [InlineData("tok_timeout_before")]
    [InlineData("tok_timeout_after")]
    [InlineData("tok_answers_twice")]
    public async Task A_good_card_is_captured_once_whatever_happens_to_the_answers(string method)
    {
        var order = await payments.RequestAsync(method);

        var payment = await payments.SettledAsync(order);

        Assert.Equal((PaymentState.Captured, 1050), (payment.State, payment.Captured));
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured], await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-captured"], await payments.PublishedAsync(order));
        Assert.Equal((ChargeStatus.Captured, 1050), await AtTheProviderAsync(payment));
    }

    [Theory]
    [InlineData("tok_declined", "card_declined")]
    [InlineData("tok_insufficient_funds", "insufficient_funds")]
    [InlineData("tok_expired_card", "expired_card")]
    [InlineData("tok_stolen_card", "stolen_card")]
    [InlineData("beads", "unknown_card")]
    public async Task A_bad_card_is_declined_with_the_reason(string method, string reason)
    {
        var order = await payments.RequestAsync(method);

        var payment = await payments.SettledAsync(order);

        Assert.Equal((PaymentState.Declined, reason), (payment.State, payment.DeclineReason));
        Assert.Empty(await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-declined"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task A_payment_requested_twice_charges_once_and_is_answered_twice()
    {
        var order = await payments.RequestAsync("card");
        await payments.SettledAsync(order);

        await payments.DeliverAsync<PaymentRequested, RecordPayment>(PaymentsUnderTest.Requested(order));

        var payment = await payments.SettledAsync(order);
        Assert.Equal((ChargeStatus.Captured, 1050), await AtTheProviderAsync(payment));
        Assert.Equal(["payments.payment-captured", "payments.payment-captured"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task Twins_of_a_request_at_once_make_one_payment()
    {
        var order = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            payments.DeliverAsync<PaymentRequested, RecordPayment>(PaymentsUnderTest.Requested(order))));

        var payment = await payments.SettledAsync(order);
        Assert.Equal((ChargeStatus.Captured, 1050), await AtTheProviderAsync(payment));
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured], await payments.LedgerAsync(order));
    }

    [Fact]
    public async Task A_refund_goes_back_once_however_often_it_is_asked_for()
    {
        var order = await payments.RequestAsync("card");
        var payment = await payments.SettledAsync(order);

        var request = new RefundRequested(order, payment.Id, 1050, "EUR", "OrderCancelled");
        await payments.DeliverAsync<RefundRequested, RecordRefund>(request);
        await payments.DeliverAsync<RefundRequested, RecordRefund>(request);
        await payments.DeliverAsync<RefundRequested, RecordRefund>(request with { Id = Guid.CreateVersion7() });

        Assert.Equal(RefundState.Refunded, (await payments.SettledRefundAsync(order)).State);
        Assert.Equal(1050, (await payments.FindAsync(order))!.Refunded);
        Assert.Equal(1050, (await payments.ChargeAsync(payment))!.Refunded);
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured, LedgerKind.Refunded], await payments.LedgerAsync(order));
        Assert.Equal(
            ["payments.payment-captured", "payments.payment-refunded", "payments.refund-rejected"],
            (await payments.PublishedAsync(order)).Order());
    }

    [Fact]
    public async Task A_refund_is_known_by_its_own_id_and_says_which_it_was()
    {
        var order = await payments.RequestAsync("card", amount: 1000);
        var payment = await payments.SettledAsync(order);
        var refundId = Guid.CreateVersion7();
        var request = new RefundRequested(order, payment.Id, 400, "EUR", "Returned", refundId);

        await payments.DeliverAsync<RefundRequested, RecordRefund>(request);
        await payments.DeliverAsync<RefundRequested, RecordRefund>(request with { Id = Guid.CreateVersion7() });

        Assert.Equal(refundId, (await payments.SettledRefundAsync(order)).Id);
        Assert.Equal(400, (await payments.ChargeAsync(payment))!.Refunded);
        Assert.Equal(["payments.payment-captured", "payments.payment-refunded"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task Refunds_in_parts_never_exceed_the_payment()
    {
        var order = await payments.RequestAsync("card", amount: 1000);
        var payment = await payments.SettledAsync(order);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => payments.DeliverAsync<RefundRequested, RecordRefund>(
            new(order, payment.Id, 300, "EUR", "Returned"))));

        await Eventually.TrueAsync(
            async () => (await payments.FindAsync(order))!.Refunded == 900,
            PaymentsUnderTest.Limit,
            () => "three parts of 300 should have gone back");
        Assert.Equal(900, (await payments.ChargeAsync(payment))!.Refunded);
    }

    [Fact]
    public async Task A_refund_of_a_payment_that_took_no_money_is_not_needed()
    {
        var order = await payments.RequestAsync("tok_declined");
        var payment = await payments.SettledAsync(order);

        await payments.DeliverAsync<RefundRequested, RecordRefund>(new(order, payment.Id, 1050, "EUR", "OrderCancelled"));

        Assert.Equal(RefundState.NotNeeded, (await payments.SettledRefundAsync(order)).State);
    }

    [Fact]
    public async Task Many_payments_at_once_are_all_captured_and_the_audit_is_clean()
    {
        const int Count = 400;
        var clock = Stopwatch.StartNew();
        var orders = new System.Collections.Concurrent.ConcurrentBag<Guid>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
            orders.Add(await payments.RequestAsync("card")));

        foreach (var order in orders)
            Assert.Equal(PaymentState.Captured, (await payments.SettledAsync(order)).State);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Count / clock.Elapsed.TotalSeconds:0} payments/s, authorised and captured over HTTP");
        Assert.Empty(await payments.AuditAsync());
    }

    [Theory]
    [InlineData("owner", false, 200)]
    [InlineData("somebody else", false, 404)]
    [InlineData("somebody else", true, 200)]
    public async Task A_payment_is_shown_to_its_owner_and_to_administrators(string caller, bool isAdmin, int status)
    {
        var order = await payments.RequestAsync("card");
        var payment = await payments.SettledAsync(order);

        foreach (var id in new[] { order, payment.Id })
        {
            var result = await payments.GetAsync(id, caller, isAdmin);

            Assert.Equal(status, ((IStatusCodeHttpResult)result).StatusCode);
            if (result is IValueHttpResult { Value: PaymentView response })
                Assert.Equal((10.50m, 10.50m, PaymentState.Captured), (response.Amount, response.Captured, response.Status));
        }
    }

    private async Task<(ChargeStatus? Status, long? Captured)> AtTheProviderAsync(Payment payment)
    {
        var charge = await payments.ChargeAsync(payment);
        return (charge?.Status, charge?.Captured);
    }
}
