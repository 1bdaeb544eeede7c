using System.Text.Json.Nodes;
using ShopFlow.Cli.OpenApi;

namespace ShopFlow.Tests.OpenApi;

/// <summary>Every kind of bad input for every operation of a document; none of it may ever be taken.</summary>
internal sealed class BadRequests(JsonObject document)
{
    private const string Json = "application/json";
    private const int Deepest = 4;

    private static readonly string s_long = new('x', 100_000);

    private readonly ApiDocument _document = new(document);

    public IReadOnlyList<BadRequest> All() =>
        [.. _document.Operations().SelectMany(operation => Addresses(operation.Key, operation.Value).Concat(Bodies(operation.Key, operation.Value)))];

    private IEnumerable<BadRequest> Addresses(string name, JsonObject operation)
    {
        var body = SampleBody(operation);
        foreach (var (parameter, place, schema) in Parameters(operation))
        {
            foreach (var (what, value) in WrongTexts(schema))
            {
                var path = place == "path" ? PathOf(name, (parameter, value)) : $"{PathOf(name)}?{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString(value)}";
                if (place is "path" or "query")
                    yield return new(name, $"{place} {parameter} is {what}", path, body, Json, place == "query" ? parameter : null);
            }
        }
    }

    private IEnumerable<BadRequest> Bodies(string name, JsonObject operation)
    {
        var content = ApiDocument.ContentOf(operation["requestBody"]?.AsObject());
        if (content.Count == 0)
            yield break;

        var path = PathOf(name);
        if (!content.TryGetValue(Json, out var schema))
        {
            yield return new(name, "body is no such file", path, "\0\0 neither this nor that", content.Keys.First(), null);
            yield break;
        }

        foreach (var wrong in (string[])["", "{", "[]", "null", "\"x\"", "1", "\0", $"{new string('[', 500)}{new string(']', 500)}"])
            yield return new(name, $"body is {(wrong.Length > 10 ? "500 levels deep" : $"'{wrong}'")}", path, wrong, Json, null);
        yield return new(name, "body is plain text", path, SampleBody(operation), "text/plain", null);

        var sample = Sample(schema, 0);
        foreach (var (field, types) in Fields(schema, "", 0))
        {
            foreach (var (what, value, isNamed) in WrongValues(types))
                yield return new(name, $"{field} is {what}", path, Replace(sample, field, value).ToJsonString(), Json, isNamed ? field : null);
        }
    }

    private static IEnumerable<(string What, string Value)> WrongTexts(JsonObject schema)
    {
        var types = ApiDocument.TypesOf(schema);
        if (types.Contains("integer") || types.Contains("number"))
            return [("a word", "ten"), ("too large", "99999999999999999999999999999999999"), ("empty", " ")];
        if (types.Contains("boolean"))
            return [("a word", "perhaps")];
        return (string?)schema["format"] is "uuid" ? [("no id", "not-an-id"), ("two lines", "a\nb")] : [("two lines", "a\nb"), ("long", new('x', 1000))];
    }

    private static IEnumerable<(string What, JsonNode? Value, bool IsNamed)> WrongValues(HashSet<string> types)
    {
        if (types.Contains("string"))
            return [("a number", 42, true), ("an array", new JsonArray("x"), true), ("a NUL", "a\0b", false), ("too long", s_long, false)];
        if (types.Contains("integer"))
            return [("text", "x", true), ("too large", JsonNode.Parse("99999999999999999999"), true), ("a fraction", 1.5, true), ("an object", new JsonObject(), true)];
        if (types.Contains("number"))
            return [("text", "x", true), ("too large", JsonNode.Parse("1e400"), true), ("an array", new JsonArray(), true)];
        if (types.Contains("boolean"))
            return [("text", "x", true), ("a number", 1, true)];
        return types.Contains("array") || types.Contains("object") ? [("text", "x", true), ("a number", 7, true)] : [];
    }

    /// <summary>Every field below the schema, of a list that of its first entry.</summary>
    private IEnumerable<(string Field, HashSet<string> Types)> Fields(JsonNode? schema, string parent, int depth)
    {
        if (depth > Deepest || _document.Resolve(schema) is not { } resolved)
            yield break;

        foreach (var (name, property) in ApiDocument.PropertiesOf(resolved))
        {
            var field = parent.Length == 0 ? name : $"{parent}.{name}";
            if (_document.Resolve(property) is not { } known)
                continue;

            yield return (field, ApiDocument.TypesOf(known));
            foreach (var inner in Fields(known, field, depth + 1).Concat(Fields(known["items"], $"{field}[0]", depth + 1)))
                yield return inner;
        }
    }

    private string? SampleBody(JsonObject operation) =>
        ApiDocument.ContentOf(operation["requestBody"]?.AsObject()).TryGetValue(Json, out var schema) ? Sample(schema, 0)?.ToJsonString() : null;

    private JsonNode? Sample(JsonNode? schema, int depth)
    {
        if (depth > Deepest + 1 || _document.Resolve(schema) is not { } resolved)
            return null;
        if (resolved["examples"]?.AsArray() is [{ } example, ..])
            return example.DeepClone();
        if (resolved["enum"]?.AsArray() is [{ } value, ..])
            return value.DeepClone();

        var types = ApiDocument.TypesOf(resolved);
        if (types.Contains("array"))
            return new JsonArray(Sample(resolved["items"], depth + 1));
        if (types.Contains("object"))
            return new JsonObject(ApiDocument.PropertiesOf(resolved).Select(property => KeyValuePair.Create(property.Key, Sample(property.Value, depth + 1))));
        return types.Contains("boolean") ? true : types.Contains("string") ? "x" : 1;
    }

    private static JsonNode Replace(JsonNode? sample, string field, JsonNode? value)
    {
        var root = sample!.DeepClone();
        var node = root;
        var steps = field.Replace("[0]", ".0", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1])
            node = step == "0" ? node[0]! : node[step]!;
        node[steps[^1]] = value?.DeepClone();
        return root;
    }

    private static IEnumerable<(string Name, string Place, JsonObject Schema)> Parameters(JsonObject operation) =>
        (operation["parameters"]?.AsArray() ?? []).Select(parameter => ((string)parameter!["name"]!, (string)parameter["in"]!, parameter["schema"]!.AsObject()));

    // A parameter that is not the wrong one has an id that nothing has.
    private static string PathOf(string name, (string Name, string Value)? wrong = null)
    {
        var path = name.Split(' ')[1];
        if (wrong is { } parameter)
            path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(parameter.Value), StringComparison.Ordinal);
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var start)
            path = $"{path[..start]}{Guid.Empty}{path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..]}";
        return path;
    }
}
