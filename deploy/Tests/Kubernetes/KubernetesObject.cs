using System.Text.Json.Nodes;
using ShopFlow.Export.Kustomize;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>An object as a cluster would be given it.</summary>
internal sealed record KubernetesObject(JsonObject Json)
{
    public string ApiVersion => Json["apiVersion"]!.GetValue<string>();

    public string Kind => Json["kind"]!.GetValue<string>();

    public string Name => Json["metadata"]!["name"]!.GetValue<string>();

    public string? Namespace => Json["metadata"]!["namespace"]?.GetValue<string>();

    public JsonObject Spec => Json["spec"]!.AsObject();

    /// <summary>The template of the pods that this owns; null if it owns none.</summary>
    public JsonObject? PodTemplate => Kind is "Deployment" or "StatefulSet" or "Job" ? Spec["template"]!.AsObject() : null;

    public IReadOnlyDictionary<string, string> PodLabels => Labels(PodTemplate!["metadata"]!["labels"]);

    public IEnumerable<JsonObject> Containers => PodTemplate!["spec"]!["containers"]!.AsArray().Select(container => container!.AsObject());

    public override string ToString() => $"{Kind}/{Name}";

    public static IReadOnlyDictionary<string, string> Labels(JsonNode? labels) =>
        labels?.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>()) ?? [];

    public static bool Selects(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        Labels(selector?["matchLabels"]).All(wanted => labels.GetValueOrDefault(wanted.Key) == wanted.Value);

    public static IReadOnlyList<KubernetesObject> Parse(string yaml) => [.. YamlReader.Read(yaml).Select(json => new KubernetesObject(json))];
}
