using System.Text.Json.Serialization;

namespace ShopFlow.Auth.Audit;

[JsonConverter(typeof(JsonStringEnumConverter<AuditOutcome>))]
internal enum AuditOutcome
{
    Done,

    /// <summary>Answered with a 5xx: it may be done in part.</summary>
    Failed,

    /// <summary>The service ended, or the caller hung up, before the answer.</summary>
    Unknown,
}
