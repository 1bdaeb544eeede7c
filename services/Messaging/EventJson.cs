using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ShopFlow.Contracts;

namespace ShopFlow.Messaging;

/// <summary>
/// Events to and from JSON: source-generated for the contracts, by reflection for what a test adds. A member that a later version
/// adds needs a default, since a missing one makes an event malformed.
/// </summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractsJsonContext.Default, new DefaultJsonTypeInfoResolver()),
    };

    public static string Serialize(IntegrationEvent e) => JsonSerializer.Serialize(e, Options.GetTypeInfo(e.GetType()));

    /// <exception cref="JsonException">The body isn't the JSON of such an event.</exception>
    public static IntegrationEvent Deserialize(ReadOnlySpan<byte> body, Type eventType) =>
        (IntegrationEvent?)JsonSerializer.Deserialize(body, Options.GetTypeInfo(eventType)) ?? throw new JsonException("The event is null.");
}
