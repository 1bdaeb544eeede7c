using System.Text.Json;

namespace ShopFlow.AppHost.Local;

/// <summary>The files of one run: <c>status.json</c> and <c>logs/{resource}/{instance}.log</c> in <paramref name="folder"/>.</summary>
internal sealed class RunFiles(string folder)
{
    private readonly string _status = Path.Combine(folder, "status.json");
    private readonly string _logs = Path.Combine(folder, "logs");

    public void Clear()
    {
        Directory.CreateDirectory(folder);
        if (Directory.Exists(_logs))
            Directory.Delete(_logs, recursive: true);
        Directory.CreateDirectory(_logs);
    }

    /// <summary>Replaces the status in one step, so that a reader never sees half of it.</summary>
    public void Write(RunStatus status)
    {
        var unfinished = _status + ".new";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(status, RunStatusJson.Default.RunStatus));
        // It holds the dashboard's login token.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(unfinished, _status, overwrite: true);
    }

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

    public void DeleteStatus() => File.Delete(_status);

    public RotatingLog LogOf(string resource, string instance) => new(Path.Combine(_logs, resource, instance + ".log"));
}
