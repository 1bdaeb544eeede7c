using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ShopFlow.Export.Helm;

/// <summary>Writes <c>values.schema.json</c>, by which helm refuses wrong values with their names.</summary>
internal static class ValuesSchema
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<ChartValue> values)
    {
        var root = Mapping();
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        foreach (var value in values)
        {
            var steps = value.Path.Split('.');
            var parent = steps[..^1].Aggregate(root, (at, step) => Member(at, step, Mapping()));
            Member(parent, steps[^1], value.Schema.DeepClone().AsObject());
        }

        return root.ToJsonString(s_readable) + "\n";
    }

    private static JsonObject Mapping() => new()
    {
        ["type"] = "object", ["additionalProperties"] = false, ["required"] = new JsonArray(), ["properties"] = new JsonObject(),
    };

    private static JsonObject Member(JsonObject parent, string name, JsonObject schema)
    {
        var members = parent["properties"]!.AsObject();
        if (members[name] is JsonObject known)
            return known;

        parent["required"]!.AsArray().Add(name);
        members[name] = schema;
        return schema;
    }
}
