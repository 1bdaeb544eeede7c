using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests.Kubernetes;

/// <summary>Holds an object against the OpenAPI schema of its kind, strictly: a field that the schema does not have is an error.</summary>
internal sealed class SchemaValidator
{
    private readonly Dictionary<(string ApiVersion, string Kind), JsonObject> _kinds = [];
    private readonly Dictionary<string, JsonObject> _schemas = [];

    /// <param name="folder">A file of OpenAPI schemas for each group and version.</param>
    public SchemaValidator(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
            foreach (var (name, schema) in JsonNode.Parse(File.ReadAllText(file))!["components"]!["schemas"]!.AsObject())
            {
                _schemas[name] = schema!.AsObject();
                foreach (var kind in schema["x-kubernetes-group-version-kind"]?.AsArray() ?? [])
                    _kinds[(ApiVersion(kind!), kind!["kind"]!.GetValue<string>())] = schema.AsObject();
            }
    }

    public IReadOnlyList<string> Errors(KubernetesObject it)
    {
        if (!_kinds.TryGetValue((it.ApiVersion, it.Kind), out var schema))
            return [$"{it}: there is no schema for {it.ApiVersion} {it.Kind}"];

        var errors = new List<string>();
        Check(schema, it.Json, $"{it}", errors);
        return errors;
    }

    private static string ApiVersion(JsonNode kind) =>
        kind["group"]?.GetValue<string>() is { Length: > 0 } group ? $"{group}/{kind["version"]}" : $"{kind["version"]}";

    private void Check(JsonObject schema, JsonNode? value, string path, List<string> errors)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Check(_schemas[reference.Split('/')[^1]], value, path, errors);
            return;
        }

        if (value is null)
        {
            if (schema["nullable"]?.GetValue<bool>() != true)
                errors.Add($"{path}: is null");
            return;
        }

        CheckType(schema, value, path, errors);
        foreach (var part in Schemas(schema, "allOf"))
            Check(part, value, path, errors);
        CheckChoices(schema, value, path, errors);

        switch (value)
        {
            case JsonObject members:
                CheckMembers(schema, members, path, errors);
                break;
            case JsonArray items:
                CheckItems(schema, items, path, errors);
                break;
            default:
                CheckScalar(schema, value, path, errors);
                break;
        }
    }

    private static void CheckType(JsonObject schema, JsonNode value, string path, List<string> errors)
    {
        if (IsIntOrString(schema))
        {
            if (value.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number))
                errors.Add($"{path}: must be a number or a string");
            return;
        }

        var type = schema["type"]?.GetValue<string>();
        var fits = (type, value.GetValueKind()) switch
        {
            (null, _) => true,
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => double.IsInteger(value.GetValue<double>()),
            _ => false,
        };
        if (!fits)
            errors.Add($"{path}: must be {type}, is {value.ToJsonString()}");
    }

    private void CheckChoices(JsonObject schema, JsonNode value, string path, List<string> errors)
    {
        if (IsIntOrString(schema))
            return;
        if (schema.ContainsKey("anyOf") && !Schemas(schema, "anyOf").Any(Fits))
            errors.Add($"{path}: fits none of what it may be");
        if (schema.ContainsKey("oneOf") && Schemas(schema, "oneOf").Count(Fits) != 1)
            errors.Add($"{path}: must fit exactly one of what it may be");
        if (schema["not"] is JsonObject not && Fits(not))
            errors.Add($"{path}: has what it must not have");

        bool Fits(JsonObject choice)
        {
            var found = new List<string>();
            Check(choice, value, path, found);
            return found.Count == 0;
        }
    }

    private void CheckMembers(JsonObject schema, JsonObject members, string path, List<string> errors)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
            if (!members.ContainsKey(required!.GetValue<string>()))
                errors.Add($"{path}.{required}: is missing");
        CheckCount(schema, "Properties", members.Count, path, errors);

        var (known, others) = (schema["properties"]?.AsObject(), schema["additionalProperties"]);
        foreach (var (name, value) in members)
        {
            if (known?[name] is JsonObject own)
                Check(own, value, $"{path}.{name}", errors);
            else if (others is JsonObject any)
                Check(any, value, $"{path}.{name}", errors);
            else if (known is not null && !IsOpen(schema, others))
                errors.Add($"{path}.{name}: is not known");
        }
    }

    private void CheckItems(JsonObject schema, JsonArray items, string path, List<string> errors)
    {
        CheckCount(schema, "Items", items.Count, path, errors);
        if (schema["items"] is JsonObject item)
            foreach (var (index, value) in items.Index())
                Check(item, value, $"{path}[{index}]", errors);
    }

    private static void CheckScalar(JsonObject schema, JsonNode value, string path, List<string> errors)
    {
        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
            errors.Add($"{path}: {value.ToJsonString()} is none of {choices.ToJsonString()}");

        if (value.GetValueKind() == JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            CheckCount(schema, "Length", text.Length, path, errors);
            if (schema["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
                errors.Add($"{path}: '{text}' does not match {pattern}");
        }
        else if (value.GetValueKind() == JsonValueKind.Number)
        {
            var number = value.GetValue<double>();
            if (number < Number(schema, "minimum") || number > Number(schema, "maximum"))
                errors.Add($"{path}: {number.ToString(CultureInfo.InvariantCulture)} is out of range");
        }
    }

    private static void CheckCount(JsonObject schema, string what, int count, string path, List<string> errors)
    {
        if (count < Number(schema, $"min{what}") || count > Number(schema, $"max{what}"))
            errors.Add($"{path}: has {count} {what.ToLowerInvariant()}, which is too few or too many");
    }

    private static double? Number(JsonObject schema, string limit) => schema[limit]?.GetValue<double>();

    private static bool IsIntOrString(JsonObject schema) =>
        schema["x-kubernetes-int-or-string"]?.GetValue<bool>() == true || schema["format"]?.GetValue<string>() == "int-or-string";

    private static bool IsOpen(JsonObject schema, JsonNode? others) =>
        schema["x-kubernetes-preserve-unknown-fields"]?.GetValue<bool>() == true || others?.GetValueKind() == JsonValueKind.True;

    private static IEnumerable<JsonObject> Schemas(JsonObject schema, string keyword) => schema[keyword]?.AsArray().Select(part => part!.AsObject()) ?? [];
}
