using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Bench;

/// <summary>The whole run: what it ran on, and each scenario.</summary>
internal sealed record BenchReport(int Cores, DateTimeOffset At, IReadOnlyList<LoadResult> Results);

[JsonSerializable(typeof(BenchReport))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
internal sealed partial class BenchJson : JsonSerializerContext;
