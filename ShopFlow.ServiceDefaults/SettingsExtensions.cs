using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults;

public static class SettingsExtensions
{
    /// <summary>Has a section of the configuration asked for as <typeparamref name="TOptions"/>; what is wrong with it stops the start.</summary>
    public static void AddSettings<TOptions>(this IHostApplicationBuilder builder, string section)
        where TOptions : class
    {
        builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<TOptions>>().Value);
    }
}
