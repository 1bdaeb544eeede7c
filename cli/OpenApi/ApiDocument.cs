using System.Text.Json.Nodes;

namespace ShopFlow.Cli.OpenApi;

/// <summary>Reads the parts of an OpenAPI 3.1 document.</summary>
internal sealed class ApiDocument(JsonObject document)
{
    /// <summary>By method and path.</summary>
    public Dictionary<string, JsonObject> Operations() => Members(document["paths"])
        .SelectMany(path => Members(path.Value).Select(method => (Name: $"{method.Key.ToUpperInvariant()} {path.Key}", Operation: method.Value!.AsObject())))
        .ToDictionary(operation => operation.Name, operation => operation.Operation, StringComparer.Ordinal);

    /// <summary>By place and name.</summary>
    public static Dictionary<string, JsonObject> ParametersOf(JsonObject operation) => (operation["parameters"]?.AsArray() ?? [])
        .Select(parameter => parameter!.AsObject())
        .ToDictionary(parameter => $"{parameter["name"]} ({parameter["in"]})", StringComparer.Ordinal);

    /// <summary>By status.</summary>
    public Dictionary<string, JsonObject> AnswersOf(JsonObject operation) =>
        Members(operation["responses"]).ToDictionary(answer => answer.Key, answer => Resolve(answer.Value)!, StringComparer.Ordinal);

    public static Dictionary<string, JsonNode?> ContentOf(JsonObject? message) =>
        Members(message?["content"]).ToDictionary(content => content.Key, content => content.Value!["schema"], StringComparer.Ordinal);

    public static bool IsRequired(JsonObject? part) => (bool?)part?["required"] ?? false;

    public static bool IsSuccess(string status) => status.StartsWith('2');

    /// <summary>Whether a caller without a token may ask for it.</summary>
    public static bool IsOpen(JsonObject operation) =>
        operation["security"]?.AsArray() is not [_, ..] ways || ways.Any(way => way!.AsObject().Count == 0);

    /// <summary>What a reference stands for; of alternatives with null the other one.</summary>
    public JsonObject? Resolve(JsonNode? node)
    {
        while (node is JsonObject part)
        {
            if ((string?)part["$ref"] is { } target)
                node = target.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)document, (parent, name) => parent?[name]);
            else if (part["oneOf"]?.AsArray() is { } alternatives)
                node = alternatives.FirstOrDefault(alternative => (string?)(alternative!["type"] as JsonValue) != "null");
            else
                return part;
        }

        return null;
    }

    public static HashSet<string> TypesOf(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(type => (string)type!)],
        JsonValue type => [(string)type!],
        _ => [],
    };

    public static HashSet<string> ValuesOf(JsonObject schema) => [.. (schema["enum"]?.AsArray() ?? []).Select(value => $"{value}")];

    public static Dictionary<string, JsonNode?> PropertiesOf(JsonObject schema) =>
        Members(schema["properties"]).ToDictionary(property => property.Key, property => property.Value, StringComparer.Ordinal);

    public static HashSet<string> RequiredOf(JsonObject schema) => [.. (schema["required"]?.AsArray() ?? []).Select(name => (string)name!)];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode? node) => node?.AsObject() ?? [];
}
