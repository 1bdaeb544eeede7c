using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Recommendations;

/// <summary>How many counts there are, and how many of them a rebuild has corrected.</summary>
internal sealed record RebuildResult(int Products, int Pairs, int CorrectedProducts, int CorrectedPairs);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RebuildResult))]
internal sealed partial class RebuildJson : JsonSerializerContext;
