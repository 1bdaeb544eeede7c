using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopFlow.Cli.Platform;

/// <summary>What the AppHost writes to <c>.shopflow/run/status.json</c> while it runs.</summary>
internal sealed record RunStatus(
    int Pid,
    string Program,
    string? Dashboard,
    string? Gateway,
    string? Storefront,
    string? Admin,
    IReadOnlyList<ResourceStatus> Resources)
{
    public static readonly RunStatus Nothing = new(0, "", null, null, null, null, []);

    /// <summary>The status of the run that is alive now, or null.</summary>
    public static RunStatus? Read(Checkout checkout)
    {
        try
        {
            var status = JsonSerializer.Deserialize(File.ReadAllBytes(checkout.StatusFile), RunStatusJson.Default.RunStatus);
            return status is not null && AppHostProcess.IsAlive(status.Pid, status.Program) ? status : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            // No run, or one that is just ending.
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, RunStatusJson.Default.RunStatus);
}

/// <summary>One instance of a resource; replicas share the name and differ in the id.</summary>
internal sealed record ResourceStatus(string Name, string Id, string Type, string? State, string? Health, int? ExitCode, int? Pid, IReadOnlyList<string> Urls)
{
    private static readonly string[] s_ended = ["Finished", "Exited", "Stopped"];

    [JsonIgnore]
    public bool IsReady => State is "Running" or "Active" ? Health is null or "Healthy" : IsDone || State == "NotStarted";

    // Ended without being asked to, or never came up.
    [JsonIgnore]
    public bool HasFailed => State is "FailedToStart" or "RuntimeUnhealthy" or "ValueMissing" or "Terminated" || (s_ended.Contains(State) && !IsDone);

    [JsonIgnore]
    public string Text => Health is null || State != "Running" ? State ?? "Unknown" : $"{State}, {Health.ToLowerInvariant()}";

    private bool IsDone => s_ended.Contains(State) && ExitCode == 0 && Type == "Executable";
}

[JsonSerializable(typeof(RunStatus))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class RunStatusJson : JsonSerializerContext;
