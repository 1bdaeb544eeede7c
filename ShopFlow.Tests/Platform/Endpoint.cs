using System.Text.Json.Nodes;

namespace ShopFlow.Tests.Platform;

internal enum Caller
{
    Anybody,
    Customer,
    Admin,
}

/// <summary>
/// Something of the public API that takes a body: who may send it, a body that it takes, and where its effect would be seen.
/// <c>SKU</c> and <c>CATEGORY</c> stand for a variant and a category that exist.
/// </summary>
internal sealed record Endpoint(HttpMethod Method, string Path, Caller Caller, string Body, string? Effect = null)
{
    public const string Absent = "absent";

    public Endpoint With(string sku, string category)
    {
        return this with { Path = Fill(Path), Body = Fill(Body), Effect = Effect is null ? null : Fill(Effect) };

        string Fill(string text) => text.Replace("SKU", sku, StringComparison.Ordinal).Replace("CATEGORY", category, StringComparison.Ordinal);
    }

    /// <summary>The body with another value at <paramref name="field"/>, such as <c>items[0].quantity</c>, or without it.</summary>
    public string BodyWith(string field, string json)
    {
        var body = JsonNode.Parse(Body)!;
        var steps = field.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var parent = steps[..^1].Aggregate(body, (node, step) => step is ['[', .. var index, ']'] ? node[int.Parse(index)]! : node[step]!);

        if (steps[^1] is ['[', .. var position, ']'])
            parent[int.Parse(position)] = JsonNode.Parse(json);
        else if (json == Absent)
            parent.AsObject().Remove(steps[^1]);
        else
            parent[steps[^1]] = JsonNode.Parse(json);

        return body.ToJsonString();
    }
}
