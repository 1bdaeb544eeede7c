using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Provider;
using ShopFlow.Payments.Refunds;
using ShopFlow.Payments.Settlement;
using ShopFlow.Payments.Webhooks;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Payments;

internal static class PaymentsService
{
    public const string Database = "paymentsdb";

    public static void AddPayments(this IHostApplicationBuilder builder)
    {
        builder.AddPostgres<PaymentsDbContext>(Database);
        builder.AddMessaging<PaymentsDbContext>("messaging", messaging => messaging
            .Consume<PaymentRequested, RecordPayment>()
            .Consume<OrderCancelled, CancelPayment>()
            .Consume<RefundRequested, RecordRefund>());

        builder.AddSettings<PaymentsOptions>("Payments");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PaymentsJsonContext.Default));

        builder.Services.AddSingleton<WebhookSignatures>();
        builder.AddPaymentProvider();
        builder.AddSettlement();
    }

    public static void MapPayments(this WebApplication app)
    {
        var group = app.MapGroup("").WithTags("Payments");
        group.MapGet("/payments/{id:guid}", GetPayment.HandleAsync).RequireAuthorization();
        group.MapPost("/payments/process", ProcessPayment.HandleAsync).RequireAuthorization();
        group.MapGet("/admin/payments", ListPayments.HandleAsync).RequireAuthorization(Policies.Admin);
        group.MapGet("/admin/payments/{id:guid}", GetPaymentDetails.HandleAsync).RequireAuthorization(Policies.Admin);
        group.MapPost("/payments/webhooks", ReceiveWebhook.HandleAsync).AllowAnonymous();
    }

    internal static void AddPaymentProvider(this IHostApplicationBuilder builder) =>
        builder.Services.AddHttpClient<IPaymentProvider, HttpPaymentProvider>((services, http) =>
        {
            var options = services.GetRequiredService<PaymentsOptions>();
            http.BaseAddress = options.ProviderAddress;
            http.Timeout = options.ProviderTimeLimit;
            http.DefaultRequestHeaders.Add("X-Api-Key", options.ProviderKey);
        }).AddStandardResilienceHandler(resilience =>
        {
            // The limit is the client's own, above. Only questions are repeated; a POST is not.
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(1);
            resilience.AttemptTimeout.Timeout = TimeSpan.FromMinutes(1);
        });

    internal static void AddSettlement(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<DueWork>();
        builder.Services.AddSingleton<OutcomeWriter>();
        builder.Services.AddSingleton<SettlePayment>();
        builder.Services.AddScoped<SettleRefund>();

        builder.Services.AddSingleton<DueSignal>();
        builder.Services.AddSingleton<DueInterceptor>();
        builder.Services.ConfigureDbContext<PaymentsDbContext>(
            (services, db) => db.AddInterceptors(services.GetRequiredService<DueInterceptor>()), ServiceLifetime.Singleton);
        builder.Services.AddHostedService<SettlementWorker>();
    }
}
