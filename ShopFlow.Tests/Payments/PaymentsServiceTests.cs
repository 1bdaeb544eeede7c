using System.Net;
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
            host.UseSetting("services:payment-sandbox:http:0", _sandbox.Address.ToString());
            host.ConfigureTestServices(services => services.AddSingleton<IJwksSource>(_tokens));
        });

        using var client = _service.CreateClient();
        await Eventually.TrueAsync(
            async () => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode,
            Limit,
            () => "the service should be ready");
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

        var payment = default(JsonElement);
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await GetAsync(owner, order);
                payment = await response.JsonAsync();
                return response.IsSuccessStatusCode && payment.GetProperty("status").GetString() == "Captured";
            },
            Limit,
            () => $"the payment should be captured: {payment}");
        Assert.Equal("10.50", payment.GetProperty("captured").GetRawText());

        using var stranger = await GetAsync(Client(Guid.NewGuid().ToString()), order);
        Assert.Equal("not-found", await stranger.ProblemAsync(HttpStatusCode.NotFound));
        using var nobody = await GetAsync(_service.CreateClient(), order);
        Assert.Equal("unauthenticated", await nobody.ProblemAsync(HttpStatusCode.Unauthorized));
    }

    private HttpClient Client(string userId)
    {
        var client = _service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _tokens.Issue(userId: userId));
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
