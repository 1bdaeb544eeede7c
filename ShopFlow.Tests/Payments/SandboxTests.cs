using System.Text;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.Tests.Payments;

public sealed class SandboxTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sandbox-");
    private RunningSandbox _sandbox = null!;

    public async ValueTask InitializeAsync() => _sandbox = await RunningSandbox.StartAsync(_directory.FullName);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("card", "Authorised", null)]
    [InlineData("tok_visa", "Authorised", null)]
    [InlineData("tok_slow", "Authorised", null)]
    [InlineData("tok_declined", "Declined", "card_declined")]
    [InlineData("tok_insufficient_funds", "Declined", "insufficient_funds")]
    [InlineData("tok_expired_card", "Declined", "expired_card")]
    [InlineData("tok_stolen_card", "Declined", "stolen_card")]
    [InlineData("tok_challenge", "RequiresAction", null)]
    [InlineData("beads", "Declined", "unknown_card")]
    public async Task Each_card_does_what_its_name_says(string method, string status, string? reason)
    {
        var charge = await _sandbox.PostAsync("", Authorisation("k", 1050, method));

        Assert.Equal(status, charge.GetProperty("status").GetString());
        Assert.Equal(reason, charge.GetProperty("declineReason").GetString());
    }

    [Fact]
    public async Task Every_operation_is_idempotent_by_its_key()
    {
        for (var time = 0; time < 2; time++)
            await _sandbox.PostAsync("", Authorisation("k", 1050));
        for (var time = 0; time < 2; time++)
            await _sandbox.PostAsync("/k/capture");
        for (var time = 0; time < 2; time++)
            await _sandbox.PostAsync("/k/refund", new { idempotencyKey = "r1", amount = 50 });

        var charge = await _sandbox.FindAsync("k");
        Assert.Equal((1050, 50), (charge!.Captured, charge.Refunded));
    }

    [Fact]
    public async Task What_the_state_of_a_charge_forbids_is_refused()
    {
        await _sandbox.PostAsync("", Authorisation("voided", 1000));
        await _sandbox.PostAsync("/voided/void");
        await _sandbox.PostAsync("", Authorisation("captured", 1000));
        await _sandbox.PostAsync("/captured/capture");

        Assert.Equal(409, await _sandbox.StatusOfPostAsync("/voided/capture"));
        Assert.Equal(409, await _sandbox.StatusOfPostAsync("/captured/void"));
        Assert.Equal(409, await _sandbox.StatusOfPostAsync("/captured/refund", new { idempotencyKey = "r", amount = 1001 }));
        Assert.Equal(422, await _sandbox.StatusOfPostAsync("", Authorisation("captured", 999)));
        Assert.Equal(404, await _sandbox.StatusOfPostAsync("/nobody/capture"));
        Assert.Equal(400, await _sandbox.StatusOfPostAsync("", Authorisation("", -1)));
    }

    [Fact]
    public async Task A_caller_without_the_key_is_turned_away()
    {
        using var stranger = new HttpClient { BaseAddress = _sandbox.Address };

        using var response = await stranger.GetAsync(new Uri("v1/payments/k", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Twins_of_one_charge_capture_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            await _sandbox.PostAsync("", Authorisation("k", 1050));
            await _sandbox.PostAsync("/k/capture");
        }));

        Assert.Equal(1050, (await _sandbox.FindAsync("k"))!.Captured);
        Assert.Equal(2, (await File.ReadAllLinesAsync(LedgerPath, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Charges_survive_a_restart_and_half_a_line_at_the_end()
    {
        await _sandbox.PostAsync("", Authorisation("k", 1050));
        await _sandbox.PostAsync("/k/capture");
        await _sandbox.PostAsync("/k/refund", new { idempotencyKey = "r1", amount = 50 });
        await _sandbox.DisposeAsync();
        await File.AppendAllTextAsync(LedgerPath, """{"at":"2026-""", Encoding.UTF8, TestContext.Current.CancellationToken);

        _sandbox = await RunningSandbox.StartAsync(_directory.FullName);
        await _sandbox.PostAsync("/k/refund", new { idempotencyKey = "r1", amount = 50 });
        await _sandbox.PostAsync("/k/refund", new { idempotencyKey = "r2", amount = 25 });

        var charge = await _sandbox.FindAsync("k");
        Assert.Equal((ChargeStatus.Captured, 1050, 75), (charge!.Status, charge.Captured, charge.Refunded));
    }

    [Fact]
    public async Task All_charges_can_be_listed_page_by_page()
    {
        foreach (var key in new[] { "a", "b", "c" })
            await _sandbox.PostAsync("", Authorisation(key, 100));

        var (seen, next) = (new List<string>(), (string?)null);
        do
        {
            using var response = await _sandbox.Http.GetAsync(
                new Uri($"v1/payments?limit=2&next={next}", UriKind.Relative), TestContext.Current.CancellationToken);
            using var page = System.Text.Json.JsonDocument.Parse(
                await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            seen.AddRange(page.RootElement.GetProperty("payments").EnumerateArray().Select(c => c.GetProperty("idempotencyKey").GetString()!));
            next = page.RootElement.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(["a", "b", "c"], seen);
    }

    private string LedgerPath => Path.Combine(_directory.FullName, "ledger.jsonl");

    private static object Authorisation(string key, long amount, string method = "card") =>
        new { idempotencyKey = key, amount, currency = "EUR", method, capture = false };
}
