using System.Net;
using ShopFlow.PaymentSandbox.Charges;
using ShopFlow.PaymentSandbox.Webhooks;

namespace ShopFlow.Tests.Payments;

public sealed class SandboxWebhookTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sandbox-");
    private WebhookReceiver _shop = null!;
    private RunningSandbox _sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await WebhookReceiver.StartAsync();
        _sandbox = await RunningSandbox.StartAsync(_directory.FullName, webhookUrl: _shop.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _shop.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("approve", Webhook.Authorised, nameof(ChargeStatus.Authorised))]
    [InlineData("fail", Webhook.Declined, nameof(ChargeStatus.Declined))]
    public async Task The_outcome_of_a_challenge_is_told_once_and_signed(string answer, string type, string status)
    {
        await ChallengeAsync("tok_challenge", answer);
        await NothingIsOwedAsync();

        var received = Assert.Single(_shop.All);
        Assert.True(received.IsSigned);
        Assert.Equal((type, "k"), (received.Webhook.Type, received.Webhook.Key));
        Assert.Equal(status, (await _sandbox.FindAsync("k"))!.Status.ToString());
    }

    [Theory]
    [InlineData("tok_challenge_webhook_twice")]
    [InlineData("tok_answers_twice")]
    public async Task Some_cards_tell_twice(string card)
    {
        await ChallengeAsync(card);
        await NothingIsOwedAsync();

        Assert.Equal(2, _shop.All.Count);
        Assert.Single(_shop.All.Distinct());
    }

    [Fact]
    public async Task A_late_webhook_comes_when_its_time_has_come()
    {
        await ChallengeAsync("tok_challenge_webhook_late");
        await NothingIsOwedAsync();

        Assert.True(Assert.Single(_shop.All).Webhook.CreatedAt < DateTimeOffset.UtcNow.AddSeconds(-0.3));
    }

    [Fact]
    public async Task Out_of_order_the_earlier_state_is_told_last()
    {
        await ChallengeAsync("tok_challenge_webhook_out_of_order");
        await NothingIsOwedAsync();

        Assert.Equal([Webhook.Authorised, Webhook.RequiresAction], _shop.All.Select(received => received.Webhook.Type));
        Assert.All(_shop.All, received => Assert.True(received.IsSigned));
    }

    [Fact]
    public async Task A_forged_webhook_says_the_opposite_and_is_not_signed()
    {
        await ChallengeAsync("tok_challenge_webhook_forged");
        await NothingIsOwedAsync();

        var received = Assert.Single(_shop.All);
        Assert.Equal((Webhook.Declined, false), (received.Webhook.Type, received.IsSigned));
    }

    [Fact]
    public async Task A_lost_webhook_never_comes()
    {
        await ChallengeAsync("tok_challenge_webhook_lost");
        await NothingIsOwedAsync();

        Assert.Empty(_shop.All);
    }

    [Fact]
    public async Task What_the_shop_does_not_take_is_sent_again_until_it_does()
    {
        foreach (var status in new[] { 500, 503, 429 })
            _shop.Answers.Enqueue(status);

        await ChallengeAsync("tok_challenge");
        await NothingIsOwedAsync();

        Assert.Equal(4, _shop.All.Count);
        Assert.Single(_shop.All.Select(received => received.Webhook.Id).Distinct());
    }

    [Fact]
    public async Task What_is_owed_survives_a_restart_and_what_was_sent_is_not_sent_again()
    {
        await ChallengeAsync("tok_challenge", key: "sent");
        await NothingIsOwedAsync();

        foreach (var _ in Enumerable.Range(0, 1000))
            _shop.Answers.Enqueue(503);
        await ChallengeAsync("tok_challenge", key: "owed");
        await _shop.HasAsync(2);
        await _sandbox.DisposeAsync();
        _shop.Answers.Clear();
        _shop.All.Clear();

        _sandbox = await RunningSandbox.StartAsync(_directory.FullName, webhookUrl: _shop.Url);
        await NothingIsOwedAsync();

        Assert.Equal("owed", Assert.Single(_shop.All).Webhook.Key);
    }

    [Fact]
    public async Task While_the_network_is_cut_nothing_gets_in_or_out_and_then_all_of_it_does()
    {
        var charge = await _sandbox.PostAsync("", Authorisation("tok_challenge", "k"));
        await OutageAsync(HttpMethod.Post, new { seconds = 3600 });

        await Assert.ThrowsAsync<HttpRequestException>(() => _sandbox.FindAsync("k"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _sandbox.PostAsync("", Authorisation("card", "other")));
        await Assert.ThrowsAsync<HttpRequestException>(() => _sandbox.AnswerChallengeAsync(UrlOf(charge), "approve"));

        await OutageAsync(HttpMethod.Delete);
        Assert.Null(await _sandbox.FindAsync("other"));
        await _sandbox.AnswerChallengeAsync(UrlOf(charge), "approve");
        await NothingIsOwedAsync();
        Assert.Single(_shop.All);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3601)]
    public async Task An_outage_has_a_sensible_length(int seconds)
    {
        using var response = await _sandbox.Http.PostAsync(new Uri("v1/outage", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { seconds }));

        Assert.Equal(["seconds"], await response.WrongFieldsAsync());
    }

    [Fact]
    public async Task The_page_of_a_challenge_shows_the_amount_and_takes_one_answer()
    {
        var url = UrlOf(await _sandbox.PostAsync("", Authorisation("tok_challenge", "k")));

        using var page = await _sandbox.Http.GetAsync(new Uri(url));
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("10.50 EUR", html, StringComparison.Ordinal);
        Assert.Contains("/approve\"", html, StringComparison.Ordinal);

        Assert.Contains("confirmed", await _sandbox.AnswerChallengeAsync(url, "approve"), StringComparison.Ordinal);
        Assert.Contains("confirmed", await _sandbox.AnswerChallengeAsync(url, "fail"), StringComparison.Ordinal);
        Assert.Equal(ChargeStatus.Authorised, (await _sandbox.FindAsync("k"))!.Status);
    }

    [Fact]
    public async Task Nobody_can_guess_a_challenge()
    {
        var url = UrlOf(await _sandbox.PostAsync("", Authorisation("tok_challenge", "k")));

        using var guessed = await _sandbox.Http.GetAsync(new Uri(url[..^1] + (url[^1] == '0' ? '1' : '0')));
        Assert.Equal("not-found", await guessed.ProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(32, url.Split('/')[^1].Length);
    }

    private async Task ChallengeAsync(string card, string answer = "approve", string key = "k")
    {
        var charge = await _sandbox.PostAsync("", Authorisation(card, key));
        if (charge.GetProperty("status").GetString() == "RequiresAction")
            await _sandbox.AnswerChallengeAsync(UrlOf(charge), answer);
    }

    // The ledger tells which webhooks were sent or given up.
    private Task NothingIsOwedAsync() =>
        Eventually.TrueAsync(
            async () =>
            {
                var lines = await ReadLedgerAsync();
                var owed = lines.Count(line => line.Contains("\"webhookId\"", StringComparison.Ordinal) && !IsNotified(line));
                return owed > 0 && owed == lines.Count(IsNotified);
            },
            PaymentsUnderTest.Limit,
            () => $"webhooks are still owed, {_shop.All.Count} were sent");

    private static bool IsNotified(string line) => line.Contains("\"Notified\"", StringComparison.Ordinal);

    private async Task<string[]> ReadLedgerAsync()
    {
        await using var file = new FileStream(
            Path.Combine(_directory.FullName, "ledger.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return (await reader.ReadToEndAsync()).Split('\n');
    }

    private async Task OutageAsync(HttpMethod method, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "v1/outage")
        {
            Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body),
        };
        using var response = await _sandbox.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static string UrlOf(System.Text.Json.JsonElement charge) => charge.GetProperty("challengeUrl").GetString()!;

    private static object Authorisation(string method, string key) =>
        new { idempotencyKey = key, amount = 1050, currency = "EUR", method, capture = true };
}
