using System.Globalization;
using System.Text;
using RabbitMQ.Client;

namespace ShopFlow.Messaging;

/// <summary>What travels beside an event.</summary>
internal static class MessageHeaders
{
    /// <summary>W3C trace context of the span that sent the event.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Handlers that failed so far; absent means none.</summary>
    public const string Attempts = "shopflow-attempts";

    /// <summary>Why the last attempt failed: type and message of the error.</summary>
    public const string Reason = "shopflow-reason";

    /// <summary>When the last attempt failed, ISO 8601.</summary>
    public const string FailedAt = "shopflow-failed-at";

    /// <summary>Written by the broker: why it gave a message up by itself.</summary>
    public const string FirstDeathReason = "x-first-death-reason";

    public static string? Text(this IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) is not true ? null : value switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    public static int AttemptsSoFar(this IReadOnlyBasicProperties properties) =>
        int.TryParse(properties.Text(Attempts), CultureInfo.InvariantCulture, out var attempts) ? attempts : 0;
}
