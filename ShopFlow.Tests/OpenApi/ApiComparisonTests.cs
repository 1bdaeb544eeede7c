using System.Text.Json.Nodes;
using ShopFlow.Cli.OpenApi;

namespace ShopFlow.Tests.OpenApi;

public sealed class ApiComparisonTests
{
    private const string Before = """
        {
          "paths": {
            "/orders/{id}": {
              "get": {
                "parameters": [{ "name": "limit", "in": "query", "schema": { "type": "integer" } }],
                "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } } } } }
              },
              "put": {
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Form" } } } },
                "responses": { "204": {} }
              }
            }
          },
          "components": {
            "schemas": {
              "Order": {
                "type": "object",
                "required": ["id"],
                "properties": {
                  "id": { "type": "string" },
                  "lines": { "type": "array", "items": { "$ref": "#/components/schemas/Line" } },
                  "parent": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Order" }] }
                }
              },
              "Line": { "type": "object", "properties": { "sku": { "type": "string" } } },
              "Form": {
                "type": "object",
                "required": ["name"],
                "properties": { "name": { "type": "string" }, "note": { "type": ["null", "string"] }, "kind": { "type": "string", "enum": ["A", "B"] } }
              }
            }
          }
        }
        """;

    private const string Get = "paths./orders/{id}.get";
    private const string Schemas = "components.schemas";

    [Fact]
    public void The_same_document_has_no_changes() => Assert.Empty(ApiComparison.Compare(Parse(), Parse()));

    [Theory]
    [InlineData(Get, null, "GET /orders/{id} is gone")]
    [InlineData($"{Get}.parameters", "[]", "GET /orders/{id}: the parameter limit (query) is gone")]
    [InlineData($"{Get}.parameters", """[{"name":"limit","in":"query","required":true,"schema":{"type":"integer"}}]""", "the parameter limit (query) is required")]
    [InlineData($"{Get}.security", """[{"Bearer":[]}]""", "GET /orders/{id} needs a token")]
    [InlineData($"{Get}.responses.200", null, "GET /orders/{id} never answers 200")]
    [InlineData($"{Schemas}.Order.properties.id.type", "\"integer\"", "200.id: integer may come")]
    [InlineData($"{Schemas}.Order.required", "[]", "200.id may be left out")]
    [InlineData($"{Schemas}.Line.properties.sku", null, "200.lines[].sku is gone")]
    [InlineData($"{Schemas}.Form.required", """["name","note"]""", "PUT /orders/{id} request.note is required")]
    [InlineData($"{Schemas}.Form.properties.note.type", "\"string\"", "request.note: null is not taken")]
    [InlineData($"{Schemas}.Form.properties.kind.enum", """["A"]""", "request.kind: the value B is gone")]
    [InlineData($"{Schemas}.Form.properties.name", null, "request.name is gone")]
    public void What_breaks_a_client_is_told(string path, string? value, string expected)
    {
        var changes = ApiComparison.Compare(Parse(), Changed(path, value));

        Assert.Contains(changes, change => change.IsBreaking && change.What.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("paths./carts", """{"get":{"responses":{"200":{}}}}""", "GET /carts is new")]
    [InlineData($"{Get}.parameters", """[{"name":"limit","in":"query","schema":{"type":"integer"}},{"name":"next","in":"query","schema":{"type":"string"}}]""", "next (query) is new")]
    [InlineData($"{Get}.responses.404", "{}", "GET /orders/{id} may answer 404")]
    [InlineData($"{Schemas}.Order.properties.total", """{"type":"number"}""", "200.total is new")]
    [InlineData($"{Schemas}.Form.properties.email", """{"type":"string"}""", "request.email is new")]
    [InlineData($"{Schemas}.Form.properties.kind.enum", """["A","B","C"]""", "the value C is new")]
    public void What_a_client_need_not_know_is_told_apart(string path, string? value, string expected)
    {
        var change = Assert.Single(ApiComparison.Compare(Parse(), Changed(path, value)).DistinctBy(change => change.What));

        Assert.False(change.IsBreaking);
        Assert.Contains(expected, change.What, StringComparison.Ordinal);
    }

    private static JsonObject Parse() => JsonNode.Parse(Before)!.AsObject();

    private static JsonObject Changed(string path, string? value)
    {
        var document = Parse();
        var names = path.Split('.');
        var parent = names[..^1].Aggregate((JsonNode)document, (node, name) => node[name]!).AsObject();
        parent.Remove(names[^1]);
        if (value is not null)
            parent[names[^1]] = JsonNode.Parse(value);
        return document;
    }
}
