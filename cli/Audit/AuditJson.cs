using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Audit;

[JsonSerializable(typeof(IReadOnlyList<CheckResult>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ProviderChargePage))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
internal sealed partial class AuditJson : JsonSerializerContext;
