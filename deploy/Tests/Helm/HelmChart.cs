using System.Text.Json.Nodes;
using ShopFlow.Export.Tests.Kubernetes;

namespace ShopFlow.Export.Tests.Helm;

/// <summary>The committed chart.</summary>
internal static class HelmChart
{
    public static string Folder => Repository.Path("deploy/helm/shopflow");

    /// <summary>What is installed with the values of an environment.</summary>
    public static IReadOnlyList<KubernetesObject> Render(string environment) => Render(ValuesOf(environment));

    public static IReadOnlyList<KubernetesObject> Render(JsonObject values, string @namespace = "shopflow")
    {
        var renderer = new ChartRenderer(new JsonObject { ["Values"] = JsonNode.Parse(values.ToJsonString()), ["Release"] = new JsonObject { ["Namespace"] = @namespace, ["Revision"] = 1 } });
        var templates = Directory.EnumerateFiles(Path.Combine(Folder, "templates"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return [.. templates.SelectMany(path => KubernetesObject.Parse(renderer.Render(File.ReadAllText(path))))];
    }

    public static JsonObject ValuesOf(string environment) => Merge(Read("values.yaml"), Read($"values-{environment}.yaml"));

    /// <summary>As helm does it with several files: mappings are merged, all else is replaced.</summary>
    public static JsonObject Merge(JsonObject values, JsonObject others)
    {
        foreach (var (name, value) in others)
            values[name] = (values[name], value) switch
            {
                (JsonObject mine, JsonObject theirs) => Merge(mine.DeepClone().AsObject(), theirs),
                _ => value?.DeepClone(),
            };
        return values;
    }

    public static void Set(JsonObject values, string path, string json)
    {
        var steps = path.Split('.');
        steps[..^1].Aggregate((JsonNode)values, (at, step) => at[step]!)[steps[^1]] = JsonNode.Parse(json);
    }

    private static JsonObject Read(string file) => Assert.Single(KubernetesObject.Parse(File.ReadAllText(Path.Combine(Folder, file)))).Json;
}
