using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.DeadLetters;

/// <summary>An event that a service could not handle, as its API tells it.</summary>
internal sealed record DeadLetter(string Id, string Queue, string? Event, string? Reason, int Attempts, DateTimeOffset? FailedAt, JsonElement? Body);

internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> DeadLetters, long Total, string? Next);

internal sealed record DeadLetterCount(int Count);

[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(DeadLetterCount))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetter>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
internal sealed partial class DeadLetterJson : JsonSerializerContext;
