using System.Text.Json.Nodes;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Model;
using ShopFlow.Flags;

namespace ShopFlow.Export.Kubernetes;

/// <summary>
/// The file of feature flags that all services read, as a ConfigMap. It is mounted as a folder, because a file mounted alone never changes, and its
/// name has no hash, because the services see a change while they run.
/// </summary>
internal static class FeatureFlags
{
    private const string ConfigMap = "flags";

    // ServiceDefaults' FlagsExtensions.FileSetting.
    private const string FileVariable = "Flags__File";

    public static IEnumerable<JsonObject> Create(ShopModel model, EnvironmentSettings settings)
    {
        string[] names = [.. model.Services.Select(PathOf).OfType<string>().Select(path => Path.GetFileName(path)).Distinct()];
        if (names.Length == 0)
            return [];

        var created = Objects.Create("v1", "ConfigMap", ConfigMap, Tenancy.Component);
        var text = FlagFile.TextOf(settings.Flags);
        created["data"] = new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, text)));
        return [created];
    }

    /// <summary>Gives the pods the file where the model says that the service reads it.</summary>
    public static void Mount(Service service, JsonObject pod, JsonObject container)
    {
        if (PathOf(service) is { } path)
            Pods.MountConfigMap(pod, container, ConfigMap, ConfigMap, Path.GetDirectoryName(path)!);
    }

    private static string? PathOf(Service service) => service.Variables.FirstOrDefault(variable => variable.Name == FileVariable)?.Value.Constant;
}
