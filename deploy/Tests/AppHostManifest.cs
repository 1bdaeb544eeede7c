using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests;

/// <summary>What the AppHost says that the model is.</summary>
internal static partial class AppHostManifest
{
    private static readonly Lazy<Task<(string Text, string Folder)>> s_written = new(WriteAsync);

    /// <summary>The AppHost, built with these tests.</summary>
    public static string Program => Repository.Program("ShopFlow.AppHost", "ShopFlow.AppHost");

    public static async Task<string> TextAsync() => (await s_written.Value).Text;

    /// <summary>The folder to which its paths are relative. It is not there any more.</summary>
    public static async Task<string> FolderAsync() => (await s_written.Value).Folder;

    public static async Task<ExportInput> InputAsync(params string[] environments) => new(
        await TextAsync(),
        Directory.EnumerateFiles(Repository.Path("deploy/environments")).ToDictionary(path => Path.GetFileName(path), File.ReadAllText),
        environments is [] ? ["dev", "staging", "production"] : environments);

    /// <summary>The same with a text of a settings file replaced where it stands first.</summary>
    public static ExportInput With(this ExportInput input, string file, string found, string replacement)
    {
        var before = input.Settings[file];
        Assert.Contains(found, before);
        var changed = new Regex(Regex.Escape(found)).Replace(before, replacement.Replace("$", "$$"), 1);
        return input with { Settings = new Dictionary<string, string>(input.Settings) { [file] = changed } };
    }

    /// <summary>The arrows as they are plain to see: whatever a resource names, directly or through what it names.</summary>
    /// <remarks>Found in another way than the exporter does, so that both must be wrong alike.</remarks>
    public static IReadOnlySet<(string Caller, string Callee)> Arrows(string manifest)
    {
        var resources = JsonNode.Parse(manifest)!["resources"]!.AsObject();
        return resources
            .Where(resource => Runs(resource.Value!))
            .SelectMany(caller => Reached(resources, $"{caller.Value!["env"]} {caller.Value["args"]}", []).Select(callee => (caller.Key, callee)))
            .Where(arrow => arrow.Key != arrow.callee)
            .ToHashSet();
    }

    private static bool Runs(JsonNode resource) => resource["type"]!.GetValue<string>().Split('.')[0] is "project" or "container";

    private static IEnumerable<string> Reached(JsonObject resources, string text, IReadOnlyList<string> way) => ResourceNames().Matches(text).SelectMany(match =>
        match.Groups[2].Value == "bindings"
            ? [match.Groups[1].Value]
            : way.Contains(match.Groups[1].Value) ? [] : Reached(resources, $"{resources[match.Groups[1].Value]?["connectionString"]}", [.. way, match.Groups[1].Value]));

    private static async Task<(string Text, string Folder)> WriteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("shopflow export ");
        try
        {
            var path = Path.Combine(folder.FullName, "aspire-manifest.json");
            var (exitCode, output, errors) = await Tool.RunAsync("dotnet", Program, "--publisher", "manifest", "--output-path", path);
            Assert.True(exitCode == 0, output + errors);
            return (await File.ReadAllTextAsync(path), folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"\{([a-z0-9-]+)\.(bindings|connectionString)")]
    private static partial Regex ResourceNames();
}
