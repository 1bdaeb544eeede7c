using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Refunds;
using ShopFlow.Payments.Settlement;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.Tests.Payments;

public sealed class PaymentFaultTests(PaymentsUnderTest payments) : IClassFixture<PaymentsUnderTest>, IDisposable
{
    public void Dispose() => payments.Provider.CapturesAtOnce = true;

    [Theory]
    [InlineData("Authorise")]
    [InlineData("Capture")]
    public async Task A_crash_between_the_provider_and_the_commit_ends_captured_once(string call)
    {
        payments.Provider.CapturesAtOnce = call != "Capture";
        payments.Provider.FailAfter(call, () => new InvalidOperationException("the worker crashes here"));

        var order = await payments.RequestAsync("card");
        var payment = await payments.SettledAsync(order);

        Assert.Equal(PaymentState.Captured, payment.State);
        Assert.Equal(2, payment.Attempts);
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured], await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-captured"], await payments.PublishedAsync(order));
        Assert.Equal(1050, (await payments.ChargeAsync(payment))!.Captured);
    }

    [Fact]
    public async Task After_a_lost_answer_the_provider_is_asked_before_anything_is_sent_again()
    {
        var order = await payments.RequestAsync("tok_timeout_after");
        var payment = await payments.SettledAsync(order);

        var calls = payments.Provider.Calls.Where(call => call.Key == payment.Id.ToString()).Select(call => call.Call);
        Assert.Equal(["Authorise", "Find"], calls);
    }

    [Fact]
    public async Task A_crash_between_a_refund_and_its_commit_refunds_once()
    {
        var order = await payments.RequestAsync("card");
        var payment = await payments.SettledAsync(order);
        payments.Provider.FailAfter("Refund", () => new InvalidOperationException("the worker crashes here"));

        await payments.DeliverAsync<RefundRequested, RecordRefund>(new(order, payment.Id, 1050, "EUR", "OrderCancelled"));

        Assert.Equal(RefundState.Refunded, (await payments.SettledRefundAsync(order)).State);
        Assert.Equal(1050, (await payments.ChargeAsync(payment))!.Refunded);
        Assert.Equal(1, (await payments.LedgerAsync(order)).Count(kind => kind == LedgerKind.Refunded));
    }

    [Fact]
    public async Task A_payment_requested_while_the_provider_is_away_is_captured_when_it_is_back()
    {
        var order = Guid.Empty;
        await payments.RestartSandboxAsync(async () =>
        {
            order = await payments.RequestAsync("card");
            await Eventually.TrueAsync(
                async () => await payments.FindAsync(order) is { State: PaymentState.Unknown },
                PaymentsUnderTest.Limit,
                () => "the payment should be unknown");
        });

        Assert.Equal(PaymentState.Captured, (await payments.SettledAsync(order)).State);
    }

    [Fact]
    public async Task A_charge_known_to_the_provider_survives_its_restart()
    {
        payments.Provider.FailAfter("Authorise", () => new InvalidOperationException("the worker crashes here"));
        var order = await payments.RequestAsync("card");
        await Eventually.TrueAsync(
            async () => await payments.FindAsync(order) is { } payment && await payments.ChargeAsync(payment) is not null,
            PaymentsUnderTest.Limit,
            () => "the charge should be authorised");

        await payments.RestartSandboxAsync(() => Task.CompletedTask);

        var payment = await payments.SettledAsync(order);
        Assert.Equal((ChargeStatus.Captured, 1050L), ((await payments.ChargeAsync(payment))!.Status, (await payments.ChargeAsync(payment))!.Captured));
    }

    [Fact]
    public async Task An_order_cancelled_before_the_capture_is_voided_and_takes_no_money()
    {
        var order = Guid.CreateVersion7();
        payments.Provider.CapturesAtOnce = false;
        payments.Provider.FailAfter("Authorise", () => new InvalidOperationException("the worker crashes here"));

        await payments.DeliverAsync<PaymentRequested, RecordPayment>(PaymentsUnderTest.Requested(order));
        await Eventually.TrueAsync(
            async () => await payments.FindAsync(order) is { } payment && await payments.ChargeAsync(payment) is not null,
            PaymentsUnderTest.Limit,
            () => "the charge should be authorised");
        await payments.DeliverAsync<OrderCancelled, CancelPayment>(new(order, "owner", null, "PaymentTimedOut"));

        var payment = await payments.SettledAsync(order);
        Assert.Equal((PaymentState.Voided, 0), (payment.State, payment.Captured));
        Assert.Equal(ChargeStatus.Voided, (await payments.ChargeAsync(payment))!.Status);
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Voided], await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-declined"], await payments.PublishedAsync(order));
    }

    [Theory]
    [InlineData("Authorise")]
    [InlineData("Capture")]
    public async Task An_order_cancelled_while_the_money_is_taken_tells_of_it_so_that_it_can_be_refunded(string taking)
    {
        var order = Guid.CreateVersion7();
        payments.Provider.CapturesAtOnce = taking != "Capture";
        payments.Provider.Before = async (call, _) =>
        {
            if (call != taking)
                return;

            payments.Provider.Before = null;
            await payments.DeliverAsync<OrderCancelled, CancelPayment>(new(order, "owner", null, "PaymentTimedOut"));
        };

        await payments.DeliverAsync<PaymentRequested, RecordPayment>(PaymentsUnderTest.Requested(order));

        var payment = await payments.SettledAsync(order);
        Assert.Equal((PaymentState.Captured, 1050), (payment.State, payment.Captured));
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured], await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-captured"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task Two_workers_take_each_payment_and_each_refund_once()
    {
        using var replica = await payments.StartReplicaAsync();
        var requests = Enumerable.Range(0, 100).Select(_ => PaymentsUnderTest.Requested(Guid.CreateVersion7())).ToList();
        foreach (var batch in requests.Chunk(10))
            await payments.DeliverBatchAsync<PaymentRequested, RecordPayment>(batch);
        await payments.AllSettledAsync();

        foreach (var batch in requests.Chunk(10))
        {
            await payments.DeliverBatchAsync<RefundRequested, RecordRefund>([.. batch.SelectMany(request =>
                Enumerable.Range(0, 4).Select(_ => new RefundRequested(request.OrderId, Guid.Empty, 300, "EUR", "Returned", Guid.CreateVersion7())))]);
        }

        await payments.AllRefundsSettledAsync();
        foreach (var request in requests)
        {
            var payment = await payments.FindAsync(request.OrderId);
            var charge = (await payments.ChargeAsync(payment!))!;
            Assert.Equal((1050, 900), (payment!.Captured, payment.Refunded));
            Assert.Equal((1050, 900), (charge.Captured, charge.Refunded));
            Assert.Equal(1, (await payments.PublishedAsync(request.OrderId)).Count(name => name == "payments.refund-rejected"));
        }

        Assert.Empty(await payments.AuditAsync());
        await replica.StopAsync();
    }

    [Fact]
    public async Task One_outcome_that_cannot_be_written_does_not_hold_up_the_others()
    {
        var requests = Enumerable.Range(0, 20).Select(n => PaymentsUnderTest.Requested(Guid.CreateVersion7(), amount: n == 7 ? 666 : 1050)).ToList();
        var bad = requests[7].OrderId;
        await payments.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$"));
        await payments.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(
            "create trigger refuse before insert on ledger for each row when (new.amount = 666) execute function refuse()"));

        await payments.DeliverBatchAsync<PaymentRequested, RecordPayment>(requests);
        foreach (var request in requests.Where(request => request.OrderId != bad))
            await payments.SettledAsync(request.OrderId);
        Assert.Equal(PaymentState.Requested, (await payments.FindAsync(bad))!.State);

        await payments.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("drop trigger refuse on ledger; drop function refuse"));
        Assert.Equal(PaymentState.Captured, (await payments.SettledAsync(bad)).State);
    }
}
