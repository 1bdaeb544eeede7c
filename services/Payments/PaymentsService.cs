using Microsoft.Extensions.Options;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Payments.Data;
using ShopFlow.Payments.Provider;
using ShopFlow.Payments.Refunds;
using ShopFlow.Payments.Settlement;
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

        builder.Services.AddOptions<PaymentsOptions>().BindConfiguration("Payments").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<PaymentsOptions>>().Value);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PaymentsJsonContext.Default));

        builder.AddPaymentProvider();
        builder.AddSettlement();
    }

    public static void MapPayments(this WebApplication app) =>
        app.MapGroup("/payments").RequireAuthorization().WithTags("Payments").MapGet("/{id:guid}", GetPayment.HandleAsync);

    private static void AddPaymentProvider(this IHostApplicationBuilder builder) =>
        builder.Services.AddHttpClient<IPaymentProvider, HttpPaymentProvider>((services, http) =>
        {
            var options = services.GetRequiredService<PaymentsOptions>();
            http.BaseAddress = options.ProviderAddress;
            http.Timeout = options.ProviderTimeLimit;
            http.DefaultRequestHeaders.Add("X-Api-Key", options.ProviderKey);
        });

    private static void AddSettlement(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<DueWork>();
        builder.Services.AddScoped<SettlePayment>();
        builder.Services.AddScoped<SettleRefund>();

        builder.Services.AddSingleton<DueSignal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DueSignal>());
        builder.Services.AddHostedService<SettlementWorker>();
    }
}
