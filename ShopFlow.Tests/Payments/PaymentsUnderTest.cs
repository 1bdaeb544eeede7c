using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Provider;
using ShopFlow.Payments.Refunds;
using ShopFlow.Payments.Settlement;
using ShopFlow.Payments.Webhooks;
using ShopFlow.PaymentSandbox.Charges;
using ShopFlow.ServiceDefaults;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Payments;

/// <summary>
/// The payments service without its broker: events are handed to it as the consumer would, its worker runs, and it talks to a
/// sandbox over HTTP. Its time limits are short.
/// </summary>
public class PaymentsUnderTest(PostgresServer postgres) : IAsyncLifetime
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("payments-");
    private string _database = "";
    private IHost _host = null!;

    internal RunningSandbox Sandbox { get; private set; } = null!;

    /// <summary>The clock of the service; the sandbox has the real one.</summary>
    internal SettableTime Time { get; } = new();

    protected virtual TimeSpan Backoff => TimeSpan.FromMilliseconds(50);

    /// <summary>Of one call of the provider, and of one attempt's claim on a payment.</summary>
    protected virtual TimeSpan AttemptLimit => TimeSpan.FromSeconds(1);

    /// <summary>Between the service and the sandbox: what tests make go wrong.</summary>
    internal FaultyProvider Provider => (FaultyProvider)_host.Services.GetRequiredService<IPaymentProvider>();

    public async ValueTask InitializeAsync()
    {
        Sandbox = await RunningSandbox.StartAsync(_directory.FullName);
        _database = await postgres.CreateDatabaseAsync();
        _host = Build();
        await WithDbAsync(db => db.Database.MigrateAsync());
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Sandbox.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    public async Task RestartSandboxAsync(Func<Task> meanwhile)
    {
        await Sandbox.DisposeAsync();
        await meanwhile();
        Sandbox = await RunningSandbox.StartAsync(_directory.FullName, Sandbox.Address.ToString());
    }

    /// <summary>A second replica of the service, on the same database; it runs until it is disposed of.</summary>
    internal async Task<IHost> StartReplicaAsync()
    {
        var replica = Build();
        await replica.StartAsync();
        return replica;
    }

    internal async Task<Guid> RequestAsync(string method, long amount = 1050)
    {
        var order = Guid.CreateVersion7();
        await DeliverAsync<PaymentRequested, RecordPayment>(Requested(order, method, amount));
        return order;
    }

    internal static PaymentRequested Requested(Guid order, string method = "card", long amount = 1050) =>
        new(order, "owner", amount, "EUR", method);

    /// <summary>As the consumer does it: inbox, handler and outbox in one transaction.</summary>
    internal Task DeliverAsync<TEvent, THandler>(TEvent e)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent> =>
        DeliverBatchAsync<TEvent, THandler>([e]);

    internal Task DeliverBatchAsync<TEvent, THandler>(IReadOnlyList<TEvent> events)
        where TEvent : IntegrationEvent
        where THandler : class, IConsumer<TEvent> =>
        _host.Services.GetRequiredService<EventDispatcher<PaymentsDbContext>>().DeliverAsync<TEvent, THandler>(events);

    internal async Task<Payment> SettledAsync(Guid order)
    {
        Payment? payment = null;
        await Eventually.TrueAsync(
            async () => (payment = await FindAsync(order)) is { IsSettled: true },
            Limit,
            () => $"the payment is {payment?.State} after {payment?.Attempts} attempts");
        return payment!;
    }

    internal async Task<Payment> ReachedAsync(Guid order, PaymentState state)
    {
        Payment? payment = null;
        await Eventually.TrueAsync(
            async () => (payment = await FindAsync(order))?.State == state,
            Limit,
            () => $"the payment should be {state}, and is {payment?.State} after {payment?.Attempts} attempts");
        return payment!;
    }

    internal Task AllSettledAsync() =>
        Eventually.TrueAsync(
            async () => !await WithDbAsync(db => db.Payments.AnyAsync(p => p.DueAt != null)),
            Limit,
            () => "no payment should be left to settle");

    internal Task AllRefundsSettledAsync() =>
        Eventually.TrueAsync(
            async () => !await WithDbAsync(db => db.Refunds.AnyAsync(r => r.DueAt != null)),
            Limit,
            () => "no refund should be left to settle");

    internal async Task<Refund> SettledRefundAsync(Guid order)
    {
        Refund? refund = null;
        await Eventually.TrueAsync(
            async () =>
            {
                refund = await WithDbAsync(db => db.Refunds.AsNoTracking().FirstOrDefaultAsync(r => r.OrderId == order));
                return refund is { State: not RefundState.Requested };
            },
            Limit,
            () => $"the refund is {refund?.State} after {refund?.Attempts} attempts");
        return refund!;
    }

    internal Task<Payment?> FindAsync(Guid order) =>
        WithDbAsync(db => db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.OrderId == order));

    internal async Task<IResult> GetAsync(Guid id, string caller, bool isAdmin)
    {
        Claim[] claims = [new(TokenClaims.Subject, caller), .. isAdmin ? [new Claim(TokenClaims.Role, Policies.Admin)] : Array.Empty<Claim>()];
        var user = new CurrentUser(new(new ClaimsIdentity(claims, "test", TokenClaims.Name, TokenClaims.Role)));
        return (await WithDbAsync(db => GetPayment.HandleAsync(id, db, user, TestContext.Current.CancellationToken))).Result;
    }

    /// <returns>The status that the webhook is answered with.</returns>
    internal async Task<int?> ReceiveAsync(byte[] body, string? signature)
    {
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream(body) } };
        context.Request.Headers[WebhookSignatures.Header] = signature;

        var services = _host.Services;
        var result = await WithDbAsync(db => ReceiveWebhook.HandleAsync(
            context.Request, db, services.GetRequiredService<WebhookSignatures>(), services.GetRequiredService<DueSignal>(), Time, CancellationToken.None));
        return ((IStatusCodeHttpResult)result.Result).StatusCode;
    }

    internal Task<Charge?> ChargeAsync(Payment payment) => Sandbox.FindAsync(payment.Id.ToString());

    internal Task<List<LedgerKind>> LedgerAsync(Guid order) =>
        WithDbAsync(db => db.Ledger.Where(l => l.OrderId == order).OrderBy(l => l.Kind).Select(l => l.Kind).ToListAsync());

    internal Task<List<string>> PublishedAsync(Guid order)
    {
        var pattern = $"%{order}%";
        return WithDbAsync(db => db.Database
            .SqlQuery<string>($"select name as \"Value\" from outbox_messages where payload::text like {pattern} order by position")
            .ToListAsync());
    }

    internal async Task<List<string>> AuditAsync()
    {
        var audit = await File.ReadAllTextAsync(RepositoryFiles.Path("services/Payments/Data/Audit.sql"));
        return await WithDbAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = audit;
            await using var reader = await command.ExecuteReaderAsync();
            var breaches = new List<string>();
            while (await reader.ReadAsync())
                breaches.Add($"{reader.GetString(0)} {reader.GetString(1)}: {reader.GetString(2)}");
            return breaches;
        });
    }

    internal async Task<T> WithDbAsync<T>(Func<PaymentsDbContext, Task<T>> use)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<PaymentsDbContext>());
    }

    internal Task WithDbAsync(Func<PaymentsDbContext, Task> use) =>
        WithDbAsync(async db =>
        {
            await use(db);
            return true;
        });

    private IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<PaymentsDbContext>(options => options.UseNpgsql(_database));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<EventDispatcher<PaymentsDbContext>>();
        builder.Services.AddScoped<RecordPayment>().AddScoped<CancelPayment>().AddScoped<RecordRefund>();
        builder.Services.AddSingleton(new PaymentsOptions
        {
            ProviderKey = RunningSandbox.ProviderKey,
            ProviderAddress = Sandbox.Address,
            ProviderTimeLimit = AttemptLimit,
            Lease = AttemptLimit,
            WebhookSecret = RunningSandbox.WebhookSecret,
            Backoff = Backoff,
            MaxBackoff = Backoff * 10,
            PollInterval = TimeSpan.FromMilliseconds(100),
        });
        builder.Services.AddSingleton<WebhookSignatures>();
        builder.AddPaymentProvider();
        builder.AddSettlement();

        var real = builder.Services.Last(service => service.ServiceType == typeof(IPaymentProvider));
        builder.Services.Replace(ServiceDescriptor.Singleton<IPaymentProvider>(
            services => new FaultyProvider((IPaymentProvider)real.ImplementationFactory!(services))));
        return builder.Build();
    }
}
