using System.Text.Json.Nodes;

namespace ShopFlow.Export.Helm;

/// <summary>What an operator may change.</summary>
/// <param name="Path">Where it stands in <c>values.yaml</c>, as <c>services.orders.cpu.request</c>.</param>
/// <param name="Schema">What it may be, as JSON schema.</param>
internal sealed record ChartValue(string Path, JsonNode Value, JsonObject Schema);
