using Microsoft.Extensions.Options;
using ShopFlow.PaymentSandbox.Cards;
using ShopFlow.PaymentSandbox.Charges;

namespace ShopFlow.PaymentSandbox;

internal static class SandboxService
{
    public static void AddSandbox(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SandboxOptions>().BindConfiguration("Sandbox").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<SandboxOptions>>().Value);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ChargesJsonContext.Default));

        builder.Services.AddSingleton<ChargeBook>();
        builder.Services.AddSingleton<CardNetwork>();
    }

    public static void MapSandbox(this WebApplication app)
    {
        // A ledger that cannot be read stops the start, not the first charge.
        app.Services.GetRequiredService<ChargeBook>();
        app.MapCharges();
    }
}
