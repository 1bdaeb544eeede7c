using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>An object as a cluster would be given it.</summary>
internal sealed record KubernetesObject(JsonObject Json)
{
    public string ApiVersion => Json["apiVersion"]!.GetValue<string>();

    public string Kind => Json["kind"]!.GetValue<string>();

    public string Name => Json["metadata"]!["name"]!.GetValue<string>();

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

    public static IReadOnlyList<KubernetesObject> Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => new KubernetesObject(ToJson(document.RootNode)!.AsObject()))];
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, ToJson(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    // The core schema of YAML 1.2: https://yaml.org/spec/1.2.2/#103-core-schema
    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonNode.Parse(whole.ToString(CultureInfo.InvariantCulture)),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };
}
