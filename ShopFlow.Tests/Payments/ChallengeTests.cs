using ShopFlow.Contracts;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Settlement;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.Tests.Payments;

public sealed class ChallengeTests(PaymentsUnderTest payments) : IClassFixture<PaymentsUnderTest>
{
    [Fact]
    public async Task A_challenged_payment_tells_where_to_go_and_waits()
    {
        var order = await payments.RequestAsync("tok_challenge");
        var payment = await payments.ReachedAsync(order, PaymentState.Challenged);

        using var page = await payments.Sandbox.Http.GetAsync(payment.ChallengeUrl);
        Assert.Contains("10.50 EUR", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // It is asked about, and that says nothing new.
        await Eventually.TrueAsync(
            async () => (await payments.FindAsync(order))!.Attempts > 2, PaymentsUnderTest.Limit, () => "the provider should be asked again");
        Assert.Equal(PaymentState.Challenged, (await payments.FindAsync(order))!.State);
        Assert.Empty(await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-challenge-required"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task A_passed_challenge_is_captured_without_any_webhook()
    {
        var order = await payments.RequestAsync("tok_challenge_webhook_lost");
        var challenged = await payments.ReachedAsync(order, PaymentState.Challenged);

        await payments.Sandbox.AnswerChallengeAsync(challenged.ChallengeUrl!, "approve");

        var payment = await payments.SettledAsync(order);
        Assert.Equal((PaymentState.Captured, 1050), (payment.State, payment.Captured));
        Assert.Equal(1050, (await payments.ChargeAsync(payment))!.Captured);
        Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured], await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-challenge-required", "payments.payment-captured"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task A_failed_challenge_is_declined()
    {
        var order = await payments.RequestAsync("tok_challenge");
        var challenged = await payments.ReachedAsync(order, PaymentState.Challenged);

        await payments.Sandbox.AnswerChallengeAsync(challenged.ChallengeUrl!, "fail");

        var payment = await payments.SettledAsync(order);
        Assert.Equal((PaymentState.Declined, "challenge_failed"), (payment.State, payment.DeclineReason));
        Assert.Empty(await payments.LedgerAsync(order));
        Assert.Equal(["payments.payment-challenge-required", "payments.payment-declined"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task A_challenge_that_nobody_answers_is_given_up_and_cannot_be_passed_afterwards()
    {
        var order = await payments.RequestAsync("tok_challenge");
        var challenged = await payments.ReachedAsync(order, PaymentState.Challenged);

        payments.Time.Advance(TimeSpan.FromMinutes(10));
        var payment = await payments.SettledAsync(order);
        await payments.Sandbox.AnswerChallengeAsync(challenged.ChallengeUrl!, "approve");

        Assert.Equal((PaymentState.Declined, "challenge_expired"), (payment.State, payment.DeclineReason));
        Assert.Equal((ChargeStatus.Voided, 0), ((await payments.ChargeAsync(payment))!.Status, (await payments.ChargeAsync(payment))!.Captured));
    }

    [Fact]
    public async Task A_challenge_is_given_up_with_its_order()
    {
        var order = await payments.RequestAsync("tok_challenge");
        await payments.ReachedAsync(order, PaymentState.Challenged);

        await payments.DeliverAsync<OrderCancelled, CancelPayment>(new(order, "owner", null, "CancelledByShopper"));

        var payment = await payments.SettledAsync(order);
        Assert.Equal(PaymentState.Voided, payment.State);
        Assert.Equal(ChargeStatus.Voided, (await payments.ChargeAsync(payment))!.Status);
        Assert.Empty(await payments.LedgerAsync(order));
    }

    [Fact]
    public async Task A_challenge_waits_on_while_the_provider_is_away()
    {
        var order = await payments.RequestAsync("tok_challenge");
        var challenged = await payments.ReachedAsync(order, PaymentState.Challenged);

        await payments.RestartSandboxAsync(() => Eventually.TrueAsync(
            async () => (await payments.FindAsync(order))!.Attempts > challenged.Attempts + 2,
            PaymentsUnderTest.Limit,
            () => "the provider should be asked again"));
        Assert.Equal(PaymentState.Challenged, (await payments.FindAsync(order))!.State);
        await payments.Sandbox.AnswerChallengeAsync(challenged.ChallengeUrl!, "approve");

        Assert.Equal(PaymentState.Captured, (await payments.SettledAsync(order)).State);
        Assert.Equal(["payments.payment-challenge-required", "payments.payment-captured"], await payments.PublishedAsync(order));
    }

    [Fact]
    public async Task Passing_and_cancelling_at_once_ends_in_money_taken_and_told_or_in_none()
    {
        for (var round = 0; round < 10; round++)
        {
            var order = await payments.RequestAsync("tok_challenge");
            var challenged = await payments.ReachedAsync(order, PaymentState.Challenged);

            await Task.WhenAll(
                payments.Sandbox.AnswerChallengeAsync(challenged.ChallengeUrl!, "approve"),
                payments.DeliverAsync<OrderCancelled, CancelPayment>(new(order, "owner", null, "CancelledByShopper")));

            var payment = await payments.SettledAsync(order);
            var charge = (await payments.ChargeAsync(payment))!;
            Assert.Equal(charge.Captured, payment.Captured);
            Assert.Equal(charge.Captured > 0 ? ChargeStatus.Captured : ChargeStatus.Voided, charge.Status);
            var last = charge.Captured > 0 ? "payments.payment-captured" : "payments.payment-declined";
            Assert.Equal(["payments.payment-challenge-required", last], await payments.PublishedAsync(order));
        }

        Assert.Empty(await payments.AuditAsync());
    }
}
