using System.Text;
using System.Text.Json;
using ShopFlow.Payments.Data;
using ShopFlow.PaymentSandbox.Webhooks;

namespace ShopFlow.Tests.Payments;

public sealed class WebhookTests(PatientPayments payments) : IClassFixture<PatientPayments>
{
    private static readonly byte[] s_secret = Encoding.UTF8.GetBytes(RunningSandbox.WebhookSecret);

    [Theory]
    [InlineData("approve", nameof(PaymentState.Captured))]
    [InlineData("fail", nameof(PaymentState.Declined))]
    public async Task A_webhook_has_the_provider_asked_at_once(string answer, string state)
    {
        var payment = await ChallengedAsync();
        await payments.Sandbox.AnswerChallengeAsync(payment.ChallengeUrl!, answer);

        Assert.Equal(204, await SendAsync(BodyFor(payment)));

        await payments.ReachedAsync(payment.OrderId, Enum.Parse<PaymentState>(state));
    }

    [Fact]
    public async Task What_a_webhook_says_is_not_believed_but_asked()
    {
        var payment = await ChallengedAsync();

        Assert.Equal(204, await SendAsync(BodyFor(payment, type: Webhook.Authorised)));

        await AskedAsync(payment, times: 1);
        Assert.Equal((PaymentState.Challenged, 0), await StateAsync(payment));
    }

    [Fact]
    public async Task Each_webhook_counts_once_and_another_one_again()
    {
        var payment = await ChallengedAsync();
        var body = BodyFor(payment);

        Assert.Equal(204, await SendAsync(body));
        await AskedAsync(payment, times: 1);
        Assert.Equal(204, await SendAsync(body));
        Assert.Equal(204, await SendAsync(BodyFor(payment)));
        await AskedAsync(payment, times: 2);

        Assert.Equal(2, Questions(payment));
    }

    [Fact]
    public async Task A_forged_webhook_is_turned_away_and_changes_nothing()
    {
        var payment = await ChallengedAsync();
        var body = BodyFor(payment);
        var now = payments.Time.GetUtcNow();
        var good = WebhookSignature.Create(s_secret, now, body);

        string?[] forgeries =
        [
            null,
            "",
            "t=,v1=",
            "v1=" + good.Split("v1=")[1],
            good.Replace("t=", "t=-", StringComparison.Ordinal),
            good.Replace("t=", "t=99999999999999999999", StringComparison.Ordinal),
            good[..^1] + (good[^1] == '0' ? '1' : '0'),
            good[..^2],
            WebhookSignature.Create("another secret"u8, now, body),
            WebhookSignature.Create(s_secret, now, BodyFor(payment, type: Webhook.Declined)),
            WebhookSignature.Create(s_secret, now.AddMinutes(-6), body),
            WebhookSignature.Create(s_secret, now.AddMinutes(6), body),
            $"t={now.ToUnixTimeSeconds()},{WebhookSignature.Create(s_secret, now.AddMinutes(-1), body).Split(',')[1]}",
            good + new string(',', 600),
        ];
        foreach (var forgery in forgeries)
            Assert.Equal(401, await payments.ReceiveAsync(body, forgery));

        Assert.Equal(0, Questions(payment));
        Assert.Equal((PaymentState.Challenged, 0), await StateAsync(payment));
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(4)]
    public async Task A_clock_that_is_a_little_off_is_forgiven(int minutes)
    {
        var body = BodyFor(await ChallengedAsync());

        Assert.Equal(204, await payments.ReceiveAsync(body, WebhookSignature.Create(s_secret, payments.Time.GetUtcNow().AddMinutes(minutes), body)));
    }

    [Fact]
    public async Task A_signature_by_either_of_two_secrets_is_taken_while_they_change()
    {
        var body = BodyFor(await ChallengedAsync());
        var now = payments.Time.GetUtcNow();
        var old = WebhookSignature.Create("the old secret"u8, now, body);
        var current = WebhookSignature.Create(s_secret, now, body).Split(',')[1];

        Assert.Equal(204, await payments.ReceiveAsync(body, $"{old},{current}"));
    }

    [Theory]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000009","key":"0198c0de-0000-7000-8000-000000000001"}""", 204)]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000009","key":"no payment of ours"}""", 204)]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000009","key":"\u0000"}""", 204)]
    [InlineData("""{"id":"evt_1","key":"k"}""", 400)]
    [InlineData("""{"id":5,"key":"k"}""", 400)]
    [InlineData("""{"key":"k"}""", 400)]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000009"}""", 400)]
    [InlineData("""{"id":"0198c0de-0000-7000-8000-000000000009","key":7}""", 400)]
    [InlineData("{", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    public async Task What_makes_no_sense_is_answered_without_harm(string body, int status) =>
        Assert.Equal(status, await SendAsync(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public async Task Invalid_text_and_too_much_of_it_are_turned_away()
    {
        Assert.Equal(400, await SendAsync([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]));
        Assert.Equal(413, await SendAsync(new byte[70_000]));
    }

    [Fact]
    public async Task Webhooks_and_the_reconciler_at_once_capture_once()
    {
        for (var round = 0; round < 5; round++)
        {
            var payment = await ChallengedAsync();
            await payments.Sandbox.AnswerChallengeAsync(payment.ChallengeUrl!, "approve");

            payments.Time.Advance(TimeSpan.FromMinutes(2));
            var now = payments.Time.GetUtcNow();
            var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BodyFor(payment)).Select(body =>
                payments.ReceiveAsync(body, WebhookSignature.Create(s_secret, now, body))));

            Assert.All(statuses, status => Assert.Equal(204, status));
            await payments.ReachedAsync(payment.OrderId, PaymentState.Captured);
            Assert.Equal([LedgerKind.Authorised, LedgerKind.Captured], await payments.LedgerAsync(payment.OrderId));
            Assert.Equal(
                ["payments.payment-challenge-required", "payments.payment-captured"], await payments.PublishedAsync(payment.OrderId));
        }
    }

    private async Task<Payment> ChallengedAsync() =>
        await payments.ReachedAsync(await payments.RequestAsync("tok_challenge_webhook_lost"), PaymentState.Challenged);

    private static byte[] BodyFor(Payment payment, string type = Webhook.Authorised) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Webhook(Guid.CreateVersion7(), type, payment.Id.ToString(), DateTimeOffset.UtcNow), WebhookJsonContext.Default.Webhook);

    private Task<int?> SendAsync(byte[] body) =>
        payments.ReceiveAsync(body, WebhookSignature.Create(s_secret, payments.Time.GetUtcNow(), body));

    private int Questions(Payment payment) =>
        payments.Provider.Calls.Count(call => call == ("Find", payment.Id.ToString()));

    private Task AskedAsync(Payment payment, int times) =>
        Eventually.TrueAsync(
            async () => Questions(payment) >= times && (await payments.FindAsync(payment.OrderId))!.DueAt > payments.Time.GetUtcNow().AddSeconds(25),
            PaymentsUnderTest.Limit,
            () => $"the provider was asked {Questions(payment)} times");

    private async Task<(PaymentState State, long Captured)> StateAsync(Payment payment)
    {
        var now = await payments.FindAsync(payment.OrderId);
        return (now!.State, now.Captured);
    }
}
