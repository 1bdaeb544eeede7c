using System.Text.Json.Nodes;
using ShopFlow.Export.Kubernetes;

namespace ShopFlow.Export.Kustomize;

/// <summary>Files by their path in <c>deploy/kubernetes</c>, in order.</summary>
internal sealed class FileTree
{
    /// <summary>What generated files begin with.</summary>
    public const string Header = "# Made by ./shopflow export from ShopFlow.AppHost and deploy/environments. Changes here are lost.\n";

    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>A file for each object, named after its kind, and after its name too unless that is the folder's.</summary>
    /// <returns>The names of the files.</returns>
    public IReadOnlyList<string> AddObjects(string folder, IEnumerable<JsonObject> objects)
    {
        var names = new List<string>();
        foreach (var item in objects)
        {
            var (kind, name) = (Kebab(Objects.KindOf(item)), Objects.NameOf(item));
            names.Add(folder.EndsWith($"/{name}", StringComparison.Ordinal) ? $"{kind}.yaml" : $"{kind}-{name}.yaml");
            AddDocuments($"{folder}/{names[^1]}", item);
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public void AddDocuments(string path, params IEnumerable<JsonObject> documents) =>
        _files.Add(path, Header + string.Join("---\n", documents.Select(YamlWriter.Write)));

    private static string Kebab(string kind) => string.Concat(kind.Select((letter, index) =>
        char.IsUpper(letter) ? $"{(index > 0 ? "-" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
