using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ShopFlow.ServiceDefaults;

internal static class JsonDefaults
{
    /// <summary>
    /// Web defaults, enums as strings, numbers only as numbers. A constructor parameter that is neither nullable nor has a default must be sent,
    /// so that a handler never meets a null that its type denies.
    /// </summary>
    public static void AddJson(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<JsonOptions>(options =>
        {
            var json = options.SerializerOptions;
            json.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
            json.NumberHandling = JsonNumberHandling.Strict;
            json.RespectNullableAnnotations = true;
        });

        builder.Services.PostConfigure<JsonOptions>(options => RequireParameters(options.SerializerOptions));
    }

    private static void RequireParameters(JsonSerializerOptions json)
        => json.TypeInfoResolver = json.TypeInfoResolver?.WithAddedModifier(type =>
        {
            foreach (var property in type.Properties)
                if (property is { Set: not null, AssociatedParameter: { IsNullable: false, HasDefaultValue: false } })
                    property.IsRequired = true;
        });
}
