using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.ServiceDefaults;

/// <summary>What a service without a database tells auth: that an action begins or, with an outcome, that it is over.</summary>
public sealed record AdminActionReport(AdminAction Action, AdminActionOutcome? Outcome = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AdminActionReport))]
internal sealed partial class AuditJson : JsonSerializerContext;
