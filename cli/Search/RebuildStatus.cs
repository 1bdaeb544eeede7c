using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Search;

/// <summary>As the search tells it; <c>Read</c> counts products.</summary>
internal sealed record RebuildStatus(DateTimeOffset RequestedAt, DateTimeOffset? FinishedAt, int Read);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RebuildStatus))]
internal sealed partial class SearchJson : JsonSerializerContext;
