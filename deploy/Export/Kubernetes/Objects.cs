using System.Text.Json.Nodes;

namespace ShopFlow.Export.Kubernetes;

/// <summary>The frame that all objects have, and what recurs in them.</summary>
internal static class Objects
{
    public const string NameLabel = "app.kubernetes.io/name";

    public static JsonObject Create(string apiVersion, string kind, string name, string component, JsonObject? spec = null, string @namespace = Names.Shop)
    {
        var created = new JsonObject
        {
            ["apiVersion"] = apiVersion,
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace, ["labels"] = Labels(name, component) },
        };
        if (spec is not null)
            created["spec"] = spec;
        return created;
    }

    /// <summary>As <see cref="Create"/>, for what belongs to no namespace.</summary>
    public static JsonObject CreateGlobal(string apiVersion, string kind, string name, string component)
    {
        var created = Create(apiVersion, kind, name, component);
        created["metadata"]!.AsObject().Remove("namespace");
        return created;
    }

    /// <summary>When Argo CD applies it: after all that has a lower number is healthy. What says nothing has 0.</summary>
    public static JsonObject InWave(this JsonObject it, int wave)
    {
        it["metadata"]!["annotations"] = new JsonObject { ["argocd.argoproj.io/sync-wave"] = $"{wave}" };
        return it;
    }

    public static JsonObject Labels(string name, string component) => new()
    {
        [NameLabel] = name,
        ["app.kubernetes.io/component"] = component,
        ["app.kubernetes.io/part-of"] = Names.Shop,
        ["app.kubernetes.io/managed-by"] = "shopflow-export",
    };

    /// <summary>What the pods of a workload are told by.</summary>
    public static JsonObject PodsOf(string name) => new() { ["matchLabels"] = new JsonObject { [NameLabel] = name } };

    /// <summary>As Istio, Argo and Chaos Mesh read it.</summary>
    public static string Text(TimeSpan duration) => FormattableString.Invariant($"{duration.TotalSeconds}s");

    public static string KindOf(JsonObject it) => it["kind"]!.GetValue<string>();

    public static string NameOf(JsonObject it) => it["metadata"]!["name"]!.GetValue<string>();

    public static JsonArray List(IEnumerable<JsonNode?> items) => [.. items];

    public static JsonArray Strings(IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];
}
