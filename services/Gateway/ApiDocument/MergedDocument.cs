using System.Text.Json.Nodes;

namespace ShopFlow.Gateway.ApiDocument;

/// <summary>One OpenAPI document of those of the services: what is public of them, and what the gateway adds to every operation.</summary>
internal sealed class MergedDocument(Func<string, string, string, bool> isPublic)
{
    private const string SchemaPrefix = "#/components/schemas/";
    private const string Problem = "#/components/responses/Problem";

    private static readonly HashSet<string> s_methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private readonly SortedDictionary<string, JsonObject> _paths = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonNode> _schemas = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonNode> _securitySchemes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private readonly HashSet<string> _operationIds = [];

    /// <param name="service">By its name in the model.</param>
    /// <param name="document">Its own document, which is left as it is.</param>
    public void Add(string service, JsonObject document)
    {
        document = document.DeepClone().AsObject();
        var components = document["components"]?.AsObject();
        var names = RenameClashes(service, components?["schemas"]?.AsObject() ?? []);
        Rename(document, names);

        foreach (var (name, scheme) in components?["securitySchemes"]?.AsObject() ?? [])
            _securitySchemes.TryAdd(name, scheme!.DeepClone());
        foreach (var (path, item) in document["paths"]?.AsObject() ?? [])
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                if (s_methods.Contains(method) && isPublic(service, path, method))
                    AddOperation(service, path, method, operation!.DeepClone().AsObject());
            }
        }

        foreach (var (name, schema) in components?["schemas"]?.AsObject() ?? [])
            _schemas.TryAdd(names.GetValueOrDefault(name, name), schema!.DeepClone());
    }

    public JsonObject Build()
    {
        var paths = new JsonObject();
        foreach (var (path, item) in _paths)
            paths[path] = item;

        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "ShopFlow",
                ["version"] = "v1",
                ["description"] = "The public API of the shop. Errors are problem details (RFC 9457) with a stable type; a 400 names every wrong field.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(),
            ["tags"] = new JsonArray([.. _tags.Select(tag => new JsonObject { ["name"] = tag, ["description"] = $"Operations on {tag.ToLowerInvariant()}." })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = Object(UsedBy(paths)),
                ["responses"] = new JsonObject { ["Problem"] = CommonParts.Problem(), ["TooManyRequests"] = CommonParts.TooManyRequests() },
                ["securitySchemes"] = Object(_securitySchemes),
            },
        };
        return document;
    }

    private void AddOperation(string service, string path, string method, JsonObject operation)
    {
        var id = (string?)operation["operationId"] ?? $"{method}{path}";
        if (!_operationIds.Add(id))
        {
            id += $"Of{char.ToUpperInvariant(service[0])}{service[1..]}";
            _operationIds.Add(id);
        }

        operation["operationId"] = id;
        foreach (var tag in operation["tags"]?.AsArray() ?? [])
            _tags.Add((string)tag!);

        AddResponses(path, operation);
        if (!_paths.TryGetValue(path, out var item))
            _paths[path] = item = [];
        item[method] = operation;
    }

    private static void AddResponses(string path, JsonObject operation)
    {
        var responses = operation["responses"]!.AsObject();
        if (operation["security"]?.AsArray() is [_, ..])
            responses.TryAdd("401", Reference(Problem));
        if (path.StartsWith("/admin/", StringComparison.Ordinal))
            responses.TryAdd("403", Reference(Problem));
        if (path.Contains('{', StringComparison.Ordinal))
            responses.TryAdd("404", Reference(Problem));
        responses["429"] = Reference("#/components/responses/TooManyRequests");
        responses["default"] = Reference(Problem);

        operation["responses"] = Object(responses.ToDictionary(pair => pair.Key, pair => pair.Value!.DeepClone())
            .OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    // Two services may have different things of the same name; the later one's then bears its service's.
    private Dictionary<string, string> RenameClashes(string service, JsonObject schemas) => schemas
        .Where(schema => _schemas.TryGetValue(schema.Key, out var known) && !JsonNode.DeepEquals(known, schema.Value))
        .ToDictionary(schema => schema.Key, schema => $"{char.ToUpperInvariant(service[0])}{service[1..]}{schema.Key}");

    private static void Rename(JsonNode? node, Dictionary<string, string> names)
    {
        foreach (var reference in References(node).ToList())
        {
            if (names.TryGetValue(((string)reference["$ref"]!)[SchemaPrefix.Length..], out var name))
                reference["$ref"] = SchemaPrefix + name;
        }
    }

    private static IEnumerable<JsonObject> References(JsonNode? node) => node switch
    {
        JsonObject map => (IsReference(map) ? [map] : Enumerable.Empty<JsonObject>()).Concat(map.SelectMany(member => References(member.Value))),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static bool IsReference(JsonObject map) =>
        map["$ref"] is JsonValue value && value.TryGetValue<string>(out var target) && target.StartsWith(SchemaPrefix, StringComparison.Ordinal);

    // What only operations that are not public use, is not public either.
    private SortedDictionary<string, JsonNode> UsedBy(JsonNode paths)
    {
        var used = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var open = new Stack<JsonNode>([paths, CommonParts.Problem()]);
        while (open.TryPop(out var node))
        {
            foreach (var name in References(node).Select(reference => ((string)reference["$ref"]!)[SchemaPrefix.Length..]))
            {
                if (used.TryAdd(name, _schemas[name]))
                    open.Push(_schemas[name]);
            }
        }

        return used;
    }

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };

    private static JsonObject Object(IEnumerable<KeyValuePair<string, JsonNode>> members) =>
        new(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value)));
}
