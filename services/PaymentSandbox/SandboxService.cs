using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Challenges;
using ShopFlow.PaymentSandbox.Charges;
using ShopFlow.PaymentSandbox.Outages;
using ShopFlow.PaymentSandbox.Webhooks;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.PaymentSandbox;

internal static class SandboxService
{
    private static readonly TimeSpan s_webhookTimeLimit = TimeSpan.FromSeconds(5);

    public static void AddSandbox(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<SandboxOptions>("Sandbox");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ChargesJsonContext.Default));

        builder.Services.AddSingleton<ChargeBook>();
        builder.Services.AddSingleton<CardNetwork>();

        builder.Services.AddHttpClient(nameof(WebhookSender), http => http.Timeout = s_webhookTimeLimit);
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<WebhookSender>(
            services, services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(WebhookSender))));
    }

    public static void MapSandbox(this WebApplication app)
    {
        // A ledger that cannot be read stops the start, not the first charge.
        app.Services.GetRequiredService<ChargeBook>();
        app.MapCharges();
        app.MapChallenges();
        app.MapOutages();
    }
}
