using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults;

internal static class SettingDefaults
{
    /// <summary>Settings that every service starts from. Files, environment and arguments come after them and win.</summary>
    private static readonly Dictionary<string, string?> s_settings = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",

        // Failed commands, updates and connections reach whoever sent them as exceptions; a first migration fails one on purpose, and a
        // name or a key that is taken is an answer and no failure.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Critical",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Connection"] = "Critical",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "Critical",

        ["Logging:LogLevel:ShopFlow.ServiceDefaults.Authentication.AccessTokenHandler"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Http"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:RabbitMQ.Client"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",

        // ExceptionProblems writes the one entry.
        ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware"] = "None",

        // A collector that is gone must not hold up the stop; milliseconds.
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2000",
    };

    public static void AddSettingDefaults(this IHostApplicationBuilder builder)
        => builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_settings });
}
