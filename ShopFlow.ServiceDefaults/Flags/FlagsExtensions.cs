using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.FeatureManagement;
using ShopFlow.Flags;
using ShopFlow.ServiceDefaults.Flags;

namespace ShopFlow.ServiceDefaults;

public static class FlagsExtensions
{
    /// <summary>Where the file is: its name in the configuration.</summary>
    public const string FileSetting = "Flags:File";

    private static readonly PathString[] s_always = ["/health", "/metrics", "/openapi"];

    /// <summary>Lets requests fail with 503 while the flag is on, or as many of a hundred as it says. Health, metrics and the document stay.</summary>
    public static WebApplication UseFailure(this WebApplication app, string flag)
    {
        app.UseWhile(flag, (context, _) =>
            Problems.Unavailable($"This is switched off for practice by the flag {flag}.", TimeSpan.FromSeconds(5), "switched-off").ExecuteAsync(context));
        return app;
    }

    /// <summary>Makes requests wait while the flag is on.</summary>
    public static WebApplication UseDelay(this WebApplication app, string flag, TimeSpan delay)
    {
        app.UseWhile(flag, async (context, next) =>
        {
            await Task.Delay(delay, context.RequestServices.GetRequiredService<TimeProvider>(), context.RequestAborted);
            await next(context);
        });
        return app;
    }

    /// <summary>Microsoft.FeatureManagement over a file that may change while the service runs.</summary>
    internal static void AddFlags(this IHostApplicationBuilder builder)
    {
        var defaults = Flag.All.ToDictionary(flag => $"FeatureManagement:{flag.Name}", flag => (string?)(flag.IsOnByDefault ? "true" : "false"));
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });

        // A cluster need not mount one.
        if (builder.Configuration[FileSetting] is { Length: > 0 } file && Path.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            ((IConfigurationBuilder)builder.Configuration).Add(new FlagFileSource(file));

        builder.Services.AddFeatureManagement();
    }

    private static void UseWhile(this WebApplication app, string flag, Func<HttpContext, RequestDelegate, Task> handle)
    {
        var flags = app.Services.GetRequiredService<IFeatureManager>();
        app.Use(async (context, next) =>
        {
            if (!s_always.Any(path => context.Request.Path.StartsWithSegments(path)) && await flags.IsEnabledAsync(flag))
                await handle(context, next);
            else
                await next(context);
        });
    }
}
