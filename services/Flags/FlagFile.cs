using System.Text.Json;
using System.Text.Json.Nodes;

namespace ShopFlow.Flags;

/// <summary>Changes a file of feature flags, as Microsoft.FeatureManagement reads it. Several processes may do so at once.</summary>
/// <param name="path">Of the file. Its folder has to exist.</param>
public sealed class FlagFile(string path)
{
    private const string Section = "FeatureManagement";

    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true };
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>For how many of a hundred requests each flag is on; 0 where the file says something else than <see cref="SetAsync"/> does.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public IReadOnlyDictionary<string, int> Read() => Load()[Section] is JsonObject flags
        ? flags.ToDictionary(flag => flag.Key, flag => PercentOf(flag.Value), StringComparer.Ordinal)
        : new Dictionary<string, int>();

    /// <summary>What a file in which these flags are set holds.</summary>
    public static string TextOf(IEnumerable<KeyValuePair<string, int>> percents) => Text(new JsonObject
    {
        [Section] = new JsonObject(percents.Select(flag => KeyValuePair.Create<string, JsonNode?>(flag.Key, ValueOf(flag.Value)))),
    });

    /// <summary>Whether Kubernetes mounts it from a ConfigMap, whose files are links into a folder of this name. Nobody can write there.</summary>
    public bool IsMounted => Directory.Exists(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "..data"));

    /// <param name="name">The flag.</param>
    /// <param name="percent">0 for off, 100 for on, or a share between.</param>
    /// <param name="cancellationToken">Gives up waiting for another process.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    /// <exception cref="JsonException">What is there is not JSON.</exception>
    public async Task SetAsync(string name, int percent, CancellationToken cancellationToken)
    {
        await using var only = await LockAsync(cancellationToken);
        var document = Load();
        if (document[Section] is not JsonObject flags)
            document[Section] = flags = [];
        flags[name] = ValueOf(percent);

        var written = $"{path}.{Guid.NewGuid():N}";
        await File.WriteAllTextAsync(written, Text(document), cancellationToken);
        File.Move(written, path, overwrite: true);
    }

    private JsonObject Load() => File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [] : [];

    private static string Text(JsonObject document) => document.ToJsonString(s_readable) + "\n";

    private static JsonNode ValueOf(int percent) => percent switch
    {
        <= 0 => false,
        >= 100 => true,
        _ => new JsonObject
        {
            ["EnabledFor"] = new JsonArray(new JsonObject { ["Name"] = "Microsoft.Percentage", ["Parameters"] = new JsonObject { ["Value"] = percent } }),
        },
    };

    private static int PercentOf(JsonNode? value) => value switch
    {
        JsonValue state when state.TryGetValue<bool>(out var isOn) => isOn ? 100 : 0,
        JsonObject filters when filters["EnabledFor"] as JsonArray is [JsonObject filter, ..]
            && (filter["Parameters"] as JsonObject)?["Value"] is JsonValue share && share.TryGetValue<double>(out var percent) =>
            (int)Math.Clamp(Math.Round(percent), 0, 100),
        _ => 0,
    };

    // A file beside it: the one with the flags is replaced.
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var file = $"{path}.lock";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);
        while (true)
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file) && !limit.IsCancellationRequested)
            {
                await Task.Delay(s_pause, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
