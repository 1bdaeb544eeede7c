using System.Text.Json.Nodes;
using static ShopFlow.Export.Kubernetes.Objects;

namespace ShopFlow.Export.Kustomize;

/// <summary>What makes the objects of the base those of an environment.</summary>
internal static class Patches
{
    /// <summary>A patch for each object that both have and that differs.</summary>
    public static IEnumerable<JsonObject> Between(IEnumerable<JsonObject> usual, IEnumerable<JsonObject> own) =>
        from before in usual
        join after in own on KeyOf(before) equals KeyOf(after)
        let change = Change(before["spec"], after["spec"], IsBuiltIn(before))
        where change is not null
        select With(before, new JsonObject { ["spec"] = change });

    /// <summary>A patch for each object that the environment doesn't have.</summary>
    public static IEnumerable<JsonObject> Deletions(IEnumerable<JsonObject> usual, IEnumerable<JsonObject> own) =>
        usual.ExceptBy(own.Select(KeyOf), KeyOf).Select(it => With(it, new JsonObject { ["$patch"] = "delete" }));

    /// <summary>What an object is told by.</summary>
    public static string KeyOf(JsonObject it) => $"{KindOf(it)}/{NameOf(it)}";

    private static JsonObject With(JsonObject target, JsonObject change)
    {
        var patch = new JsonObject
        {
            ["apiVersion"] = target["apiVersion"]!.DeepClone(),
            ["kind"] = target["kind"]!.DeepClone(),
            ["metadata"] = new JsonObject { ["name"] = NameOf(target), ["namespace"] = target["metadata"]!["namespace"]!.DeepClone() },
        };
        foreach (var (name, value) in change.ToArray())
            patch[name] = value!.DeepClone();
        return patch;
    }

    // kustomize knows of Kubernetes' own kinds which of their lists it may merge, by the names of their items. A list of any other is replaced.
    private static JsonNode? Change(JsonNode? before, JsonNode? after, bool mergesLists) => (before, after) switch
    {
        _ when JsonNode.DeepEquals(before, after) => null,
        (JsonObject from, JsonObject to) => new JsonObject(from.Select(it => it.Key).Union(to.Select(it => it.Key))
            .Where(key => !JsonNode.DeepEquals(from[key], to[key]))
            .Select(key => KeyValuePair.Create(key, Change(from[key], to[key], mergesLists)))),
        (JsonArray from, JsonArray to) when mergesLists && HaveTheSameNames(from, to) => new JsonArray([.. from.Zip(to)
            .Where(pair => !JsonNode.DeepEquals(pair.First, pair.Second))
            .Select(pair => Named(pair.First!, Change(pair.First, pair.Second, mergesLists)!))]),
        _ => after?.DeepClone(),
    };

    private static bool HaveTheSameNames(JsonArray from, JsonArray to) =>
        from.Count > 0 && from.All(item => item is JsonObject it && it["name"] is not null)
        && from.Select(item => $"{item!["name"]}").SequenceEqual(to.Select(item => $"{(item as JsonObject)?["name"]}"));

    private static JsonObject Named(JsonNode item, JsonNode change) =>
        new([KeyValuePair.Create("name", item["name"]!.DeepClone())!, .. change.DeepClone().AsObject().Select(it => KeyValuePair.Create(it.Key, it.Value?.DeepClone()))]);

    private static bool IsBuiltIn(JsonObject it) => !$"{it["apiVersion"]}".Split('/')[0].Contains('.') || $"{it["apiVersion"]}".Contains(".k8s.io/", StringComparison.Ordinal);
}
