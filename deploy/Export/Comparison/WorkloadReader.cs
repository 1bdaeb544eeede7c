using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Kustomize;

namespace ShopFlow.Export.Comparison;

/// <summary>Reads what runs from the objects that <c>kubectl kustomize</c> prints, whoever wrote them.</summary>
internal sealed partial class WorkloadReader
{
    private readonly JsonObject[] _objects;

    private WorkloadReader(string yaml) => _objects = [.. YamlReader.Read(yaml)];

    /// <summary>What runs, by name.</summary>
    public static IReadOnlyDictionary<string, RunningWorkload> Read(string yaml)
    {
        var reader = new WorkloadReader(yaml);
        return reader._objects.Where(it => Template(it) is not null).Select(reader.Workload).ToDictionary(workload => workload.Name);
    }

    private static JsonNode? Template(JsonObject it) => (it["spec"] as JsonObject)?["template"] is JsonObject { } template && template["spec"]?["containers"] is not null ? template : null;

    private RunningWorkload Workload(JsonObject owner)
    {
        var (name, template) = (Objects.NameOf(owner), Template(owner)!);
        var containers = template["spec"]!["containers"]!.AsArray();
        var container = containers.FirstOrDefault(candidate => $"{candidate!["name"]}" == name) ?? containers[0]!;
        return new RunningWorkload(Objects.KindOf(owner), name, $"{container["image"]}", Ports(template, container), Variables(container));
    }

    private string Ports(JsonNode template, JsonNode container)
    {
        var labels = template["metadata"]?["labels"];
        var offered = _objects
            .Where(it => Objects.KindOf(it) == "Service" && it["spec"]?["selector"] is JsonObject selector && selector.All(label => $"{labels?[label.Key]}" == $"{label.Value}"))
            .SelectMany(service => Items(service["spec"]!["ports"]))
            .Select(port => $"{port["port"]} to {Number(port["targetPort"] ?? port["port"]!, container)}");
        return string.Join(", ", offered.Distinct().Order(StringComparer.Ordinal));
    }

    private static string Number(JsonNode port, JsonNode container) =>
        Items(container["ports"]).FirstOrDefault(named => $"{named["name"]}" == $"{port}") is { } found ? $"{found["containerPort"]}" : $"{port}";

    private Dictionary<string, string> Variables(JsonNode container)
    {
        var variables = new Dictionary<string, string>();
        foreach (var source in Items(container["envFrom"]))
            foreach (var (name, value) in Data(source["configMapRef"] is null ? "Secret" : "ConfigMap", $"{(source["configMapRef"] ?? source["secretRef"])!["name"]}"))
                variables[name] = value;
        foreach (var variable in Items(container["env"]))
            variables[$"{variable["name"]}"] = variable["valueFrom"] is { } reference ? Referred(reference) : Expand($"{variable["value"]}", variables);
        return variables;
    }

    private string Referred(JsonNode reference)
    {
        var (kind, place) = reference["configMapKeyRef"] is { } config ? ("ConfigMap", config) : ("Secret", reference["secretKeyRef"]!);
        var (name, key) = ($"{place["name"]}", $"{place["key"]}");
        return Data(kind, name).GetValueOrDefault(key) ?? $"⟨{name}/{key}⟩";
    }

    private Dictionary<string, string> Data(string kind, string name)
    {
        var found = _objects.FirstOrDefault(it => Objects.KindOf(it) == kind && Objects.NameOf(it) == name)?["data"] as JsonObject;
        return found?.ToDictionary(entry => entry.Key, entry => kind == "Secret" ? Encoding.UTF8.GetString(Convert.FromBase64String($"{entry.Value}")) : $"{entry.Value}") ?? [];
    }

    // As Kubernetes does it: a name that is not defined yet stays as it stands, and two dollars are one.
    private static string Expand(string text, Dictionary<string, string> variables) => Reference().Replace(text, match =>
        match.Value == "$$" ? "$" : variables.GetValueOrDefault(match.Groups[1].Value, match.Value));

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray)?.OfType<JsonNode>() ?? [];

    [GeneratedRegex(@"\$\$|\$\(([-._a-zA-Z0-9]+)\)")]
    private static partial Regex Reference();
}
