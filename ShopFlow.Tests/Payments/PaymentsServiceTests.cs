using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;
using ShopFlow.Tests.ServiceDefaults;

namespace ShopFlow.Tests.Payments;

/// <summary>The service as it runs: HTTP, tokens, broker, worker, and the sandbox found by its name in the model.</summary>
public sealed class PaymentsServiceTests(PostgresServer postgres, RabbitMqServer broker) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("payments-service-");
    private readonly TestTokens _tokens = new();
    private RunningSandbox _sandbox = null!;
    private WebApplicationFactory<PaymentsDbContext> _service = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await RunningSandbox.StartAsync(_directory.FullName);
        var database = await postgres.CreateDatabaseAsync();
        var messaging = await broker.RunningAddressAsync();
        _service = new WebApplicationFactory<PaymentsDbContext>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:paymentsdb", database);
            host.UseSetting("ConnectionStrings:messaging", messaging);
            host.UseSetting("Messaging:ServiceName", $"payments-{Guid.NewGuid():N}");
            host.UseSetting("Payments:ProviderKey", RunningSandbox.ProviderKey);
            host.UseSetting("Payments:WebhookSecret", RunningSandbox.WebhookSecret);
            host.UseSetting("Payments:Backoff", "00:01:00");
            host.UseSetting("services:payment-sandbox:http:0", _sandbox.Address.ToString());
            host.ConfigureTestServices(services => services.AddSingleton<IJwksSource>(_tokens));
        });

        _service.UseKestrel(0);
        using var client = _service.CreateClient();
        await Eventually.TrueAsync(
            async () => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode,
            Limit,
            () => "the service should be ready");

        // Each has to know the other's address.
        await _sandbox.DisposeAsync();
        _sandbox = await RunningSandbox.StartAsync(
            _directory.FullName, _sandbox.Address.ToString(), new Uri(client.BaseAddress!, "/payments/webhooks").ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _sandbox.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_payment_requested_over_the_broker_is_captured_and_shown_to_its_owner()
    {
        var order = Guid.CreateVersion7();
        var owner = Client(TestTokens.UserId);

        await PublishAsync(new PaymentRequested(order, TestTokens.UserId, 1050, "EUR", "tok_visa"));

        var payment = await ReachedAsync(owner, order, "Captured");
        Assert.Equal("10.50", payment.GetProperty("captured").GetRawText());

        using var stranger = await GetAsync(Client(Guid.NewGuid().ToString()), order);
        Assert.Equal("not-found", await stranger.ProblemAsync(HttpStatusCode.NotFound));
        using var nobody = await GetAsync(_service.CreateClient(), order);
        Assert.Equal("unauthenticated", await nobody.ProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("tok_challenge", "approve", "Captured")]
    [InlineData("tok_challenge", "fail", "Declined")]
    [InlineData("tok_challenge_webhook_late", "approve", "Captured")]
    [InlineData("tok_challenge_webhook_twice", "approve", "Captured")]
    [InlineData("tok_challenge_webhook_out_of_order", "approve", "Captured")]
    public async Task A_webhook_of_the_sandbox_settles_a_challenge_however_it_comes(string card, string answer, string status)
    {
        var order = Guid.CreateVersion7();
        var owner = Client(TestTokens.UserId);
        await PublishAsync(new PaymentRequested(order, TestTokens.UserId, 1050, "EUR", card));
        var challenged = await ReachedAsync(owner, order, "Challenged");

        await _sandbox.AnswerChallengeAsync(challenged.GetProperty("challengeUrl").GetString()!, answer);

        var payment = await ReachedAsync(owner, order, status);
        Assert.False(payment.TryGetProperty("challengeUrl", out _));
        Assert.Equal(status == "Captured" ? 1050 : 0, (await _sandbox.FindAsync(payment.GetProperty("id").GetString()!))!.Captured);
    }

    [Fact]
    public async Task A_forged_webhook_of_the_sandbox_settles_nothing()
    {
        var order = Guid.CreateVersion7();
        var owner = Client(TestTokens.UserId);
        await PublishAsync(new PaymentRequested(order, TestTokens.UserId, 1050, "EUR", "tok_challenge_webhook_forged"));
        var challenged = await ReachedAsync(owner, order, "Challenged");

        await _sandbox.AnswerChallengeAsync(challenged.GetProperty("challengeUrl").GetString()!, "fail");
        using var forged = await _service.CreateClient().PostAsJsonAsync(
            "/payments/webhooks", new { id = Guid.NewGuid(), key = challenged.GetProperty("id").GetString() });

        Assert.Equal("invalid-signature", await forged.ProblemAsync(HttpStatusCode.Unauthorized));
        await ReachedAsync(owner, order, "Challenged");
    }

    [Fact]
    public async Task Administrators_list_payments_page_by_page_and_nobody_else_does()
    {
        var orders = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToList();
        var owner = Client(TestTokens.UserId);
        foreach (var (order, card) in orders.Zip(["card", "tok_declined", "card"]))
        {
            await PublishAsync(new PaymentRequested(order, TestTokens.UserId, 1050, "EUR", card));
            await ReachedAsync(owner, order, card == "card" ? "Captured" : "Declined");
        }

        var admin = Client(TestTokens.UserId, Policies.Admin);
        var first = await ListAsync(admin, "limit=2");
        var second = await ListAsync(admin, $"limit=2&next={first.GetProperty("next")}");
        var declined = await ListAsync(admin, "state=declined");

        Assert.Equal(3, first.GetProperty("total").GetInt32());
        Assert.Equal(Enumerable.Reverse(orders), [.. OrdersOf(first), .. OrdersOf(second)]);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Assert.Equal([orders[1]], OrdersOf(declined));
        Assert.Equal(3, (await ListAsync(admin, $"userId={TestTokens.UserId}")).GetProperty("total").GetInt32());
        Assert.Empty(OrdersOf(await ListAsync(admin, $"userId={Guid.NewGuid()}")));

        using var wrong = await admin.GetAsync(new Uri("/admin/payments?state=stolen&userId=&limit=0&next=x", UriKind.Relative));
        Assert.Equal(["limit", "next", "state", "userId"], await wrong.WrongFieldsAsync());
        using var number = await admin.GetAsync(new Uri("/admin/payments?limit=many", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, number.StatusCode);
        using var customer = await owner.GetAsync(new Uri("/admin/payments", UriKind.Relative));
        Assert.Equal("forbidden", await customer.ProblemAsync(HttpStatusCode.Forbidden));
    }

    [Fact]
    public async Task Administrators_see_every_movement_of_the_money()
    {
        var order = Guid.CreateVersion7();
        var owner = Client(TestTokens.UserId);
        await PublishAsync(new PaymentRequested(order, TestTokens.UserId, 1050, "EUR", "card"));
        await ReachedAsync(owner, order, "Captured");
        var admin = Client(TestTokens.UserId, Policies.Admin);
        var payment = (await DetailsAsync(admin, order)).GetProperty("payment").GetProperty("id").GetGuid();
        var refund = Guid.CreateVersion7();
        await PublishAsync(new RefundRequested(order, payment, 250, "EUR", "a scratch", refund));

        var details = default(JsonElement);
        await Eventually.TrueAsync(
            async () => (details = await DetailsAsync(admin, order)).GetProperty("movements").GetArrayLength() == 3, Limit, () => $"there are not 3 movements: {details}");

        Assert.Equal(
            [("Authorised", 10.50m), ("Captured", 10.50m), ("Refunded", 2.50m)],
            details.GetProperty("movements").EnumerateArray().Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("amount").GetDecimal())));
        Assert.Equal((refund, "a scratch"), (
            details.GetProperty("refunds")[0].GetProperty("id").GetGuid(), details.GetProperty("refunds")[0].GetProperty("reason").GetString()));
        Assert.Equal(3, (await DetailsAsync(admin, payment)).GetProperty("movements").GetArrayLength());

        using var customer = await owner.GetAsync(new Uri($"/admin/payments/{order}", UriKind.Relative));
        Assert.Equal("forbidden", await customer.ProblemAsync(HttpStatusCode.Forbidden));
        using var unknown = await admin.GetAsync(new Uri($"/admin/payments/{Guid.NewGuid()}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<JsonElement> DetailsAsync(HttpClient client, Guid id)
    {
        using var response = await client.GetAsync(new Uri($"/admin/payments/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private static async Task<JsonElement> ListAsync(HttpClient client, string query)
    {
        using var response = await client.GetAsync(new Uri($"/admin/payments?{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private static IEnumerable<Guid> OrdersOf(JsonElement page) =>
        page.GetProperty("payments").EnumerateArray().Select(payment => payment.GetProperty("orderId").GetGuid());

    private static async Task<JsonElement> ReachedAsync(HttpClient client, Guid order, string status)
    {
        var payment = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await GetAsync(client, order);
                payment = await response.JsonAsync();
                return response.IsSuccessStatusCode && payment.GetProperty("status").GetString() == status;
            },
            Limit,
            () => $"the payment should be {status}: {payment}");
        return payment;
    }

    private HttpClient Client(string userId, string role = "customer")
    {
        var client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _tokens.Issue(userId: userId, roles: [role]));
        return client;
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, Guid order) =>
        client.GetAsync(new Uri($"/payments/{order}", UriKind.Relative), TestContext.Current.CancellationToken);

    // Through the service's own outbox: it is the nearest one.
    private async Task PublishAsync(IntegrationEvent e)
    {
        await using var scope = _service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDbContext>();
        db.Publish(e);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}
