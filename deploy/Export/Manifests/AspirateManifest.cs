using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Manifests;

/// <summary>
/// Writes a manifest without what aspirate 9.1 passes over, stops at or takes for something else: project.v1, annotated.string, schemes and urls of
/// endpoints (all are http to it), <c>tlsEnabled</c>, https of projects, relative paths, parameters that nothing gives a value. It means the same.
/// </summary>
internal static partial class AspirateManifest
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="manifest">A manifest without errors.</param>
    /// <param name="folder">The folder to which its paths are relative.</param>
    /// <param name="parameters">The values of the parameters that are no secrets.</param>
    public static string Write(string manifest, string folder, IReadOnlyDictionary<string, string> parameters)
    {
        var root = JsonNode.Parse(manifest)!;
        var resources = root["resources"]!.AsObject();
        var replaced = resources.Where(resource => Type(resource.Value!) == "annotated.string").ToDictionary(resource => $"{resource.Key}.value", resource => $"{resource.Value!["value"]}");

        foreach (var (name, resource) in resources.ToArray())
        {
            switch (Type(resource!))
            {
                case "annotated.string":
                    resources.Remove(name);
                    break;
                case "parameter.v0":
                    GiveValue(resource!.AsObject(), parameters.GetValueOrDefault(name));
                    break;
                case "project.v0" or "project.v1":
                    SimplifyProject(name, resource!.AsObject(), folder, replaced);
                    break;
            }
        }

        foreach (var (name, resource) in resources)
            foreach (var (endpoint, binding) in resource!["bindings"]?.AsObject() ?? [])
                Describe(replaced, name, endpoint, endpoint, $"{binding!["scheme"]}");
        return Replace(root, replaced)!.ToJsonString(s_readable);
    }

    private static string Type(JsonNode resource) => $"{resource["type"]}";

    // Aspirate generates a value wherever there is a default, even one that is given, and asks for it where there is none.
    private static void GiveValue(JsonObject parameter, string? value)
    {
        if (value is not null)
        {
            parameter["value"] = value.Replace("{", "{{").Replace("}", "}}");
            parameter.Remove("inputs");
        }
        else if (parameter["inputs"]!["value"]!["default"] is null)
        {
            parameter["inputs"]!["value"]!["default"] = new JsonObject { ["generate"] = new JsonObject { ["minLength"] = 22 } };
        }
    }

    private static void SimplifyProject(string name, JsonObject project, string folder, Dictionary<string, string> replaced)
    {
        project["type"] = "project.v0";
        project.Remove("deployment");
        project["path"] = Path.GetFullPath($"{project["path"]}", folder);

        var bindings = project["bindings"]?.AsObject() ?? [];
        var http = bindings.FirstOrDefault(binding => $"{binding.Value!["scheme"]}" == "http").Key;
        foreach (var (endpoint, binding) in bindings.ToArray())
        {
            binding!["targetPort"] ??= ManifestReader.ProjectPort;
            if ($"{binding["scheme"]}" != "https")
                continue;

            bindings.Remove(endpoint);
            Describe(replaced, name, endpoint, http, "http");
            foreach (var property in (string[])["host", "port", "targetPort"])
                replaced[$"{name}.bindings.{endpoint}.{property}"] = $"{{{name}.bindings.{http}.{property}}}";
        }
    }

    private static void Describe(Dictionary<string, string> replaced, string name, string endpoint, string listener, string scheme)
    {
        replaced[$"{name}.bindings.{endpoint}.scheme"] = scheme;
        replaced[$"{name}.bindings.{endpoint}.tlsEnabled"] = bool.FalseString;
        replaced[$"{name}.bindings.{endpoint}.url"] = $"{scheme}://{{{name}.bindings.{listener}.host}}:{{{name}.bindings.{listener}.port}}";
    }

    private static JsonNode? Replace(JsonNode? node, Dictionary<string, string> replaced) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Replace(member.Value, replaced)))),
        JsonArray items => new JsonArray([.. items.Select(item => Replace(item, replaced))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String =>
            Placeholder().Replace(value.GetValue<string>(), match => replaced.GetValueOrDefault(match.Groups[1].Value, match.Value)),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Placeholder();
}
