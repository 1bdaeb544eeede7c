using System.Text.Json;

namespace ShopFlow.AppHost.Local;

/// <summary>
/// The files of one run in <paramref name="folder"/>: <c>status.json</c>, <c>connections.json</c> and <c>logs/{resource}/{instance}.log</c>.
/// </summary>
internal sealed class RunFiles(string folder)
{
    private readonly string _status = Path.Combine(folder, "status.json");
    private readonly string _connections = Path.Combine(folder, "connections.json");
    private readonly string _logs = Path.Combine(folder, "logs");

    public void Clear()
    {
        Directory.CreateDirectory(folder);
        if (Directory.Exists(_logs))
            Directory.Delete(_logs, recursive: true);
        Directory.CreateDirectory(_logs);
    }

    public void Write(RunStatus status) => PrivateFile.Replace(_status, JsonSerializer.SerializeToUtf8Bytes(status, RunStatusJson.Default.RunStatus));

    /// <summary>Connection strings by the names of their resources, for <c>./shopflow audit</c>.</summary>
    public void Write(IReadOnlyDictionary<string, string?> connections) =>
        PrivateFile.Replace(_connections, JsonSerializer.SerializeToUtf8Bytes(connections, RunStatusJson.Default.IReadOnlyDictionaryStringString));

    public RunStatus? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_status), RunStatusJson.Default.RunStatus);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>What would be wrong after the run.</summary>
    public void Forget()
    {
        File.Delete(_status);
        File.Delete(_connections);
    }

    public RotatingLog LogOf(string resource, string instance) => new(Path.Combine(_logs, resource, instance + ".log"));
}
