using System.Text.Json.Serialization;

namespace ShopFlow.AppHost.Local;

/// <summary>What <c>./shopflow status --json</c> prints: the process that hosts the model and what it
/// runs (<c>ShopFlow.AppHost</c>, or a test program), where the pages are, and every resource.</summary>
internal sealed record RunStatus(
    int Pid,
    string Program,
    string? Dashboard,
    string? Gateway,
    string? Storefront,
    string? Admin,
    IReadOnlyList<ResourceStatus> Resources);

/// <summary>One instance of a resource; replicas share <paramref name="Name"/> and differ in <paramref name="Id"/>.</summary>
internal sealed record ResourceStatus(
    string Name,
    string Id,
    string Type,
    string? State,
    string? Health,
    int? ExitCode,
    int? Pid,
    IReadOnlyList<string> Urls);

[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class RunStatusJson : JsonSerializerContext;
