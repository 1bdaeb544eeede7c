using System.Text.Json.Nodes;

namespace ShopFlow.Gateway.ApiDocument;

/// <summary>Answers that every operation may give.</summary>
internal static class CommonParts
{
    public static JsonObject Problem() => new()
    {
        ["description"] = "What is wrong, as problem details (RFC 9457).",
        ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = ProblemDetails() } },
    };

    public static JsonObject TooManyRequests()
    {
        var answer = Problem();
        answer["description"] = "More requests than the caller's limit allows.";
        answer["headers"] = new JsonObject
        {
            ["Retry-After"] = Header("integer", "Seconds to wait."),
            ["RateLimit-Policy"] = Header("string", "The limit and its window."),
            ["RateLimit"] = Header("string", "What is left of it."),
        };
        return answer;
    }

    private static JsonObject Header(string type, string description) =>
        new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = type } };

    private static JsonObject ProblemDetails() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("type", "title", "status"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("https://shopflow.example/problems/not-found"),
            ["title"] = Text("Not Found"),
            ["status"] = new JsonObject { ["type"] = "integer", ["examples"] = new JsonArray(404) },
            ["detail"] = Text("There is no such thing."),
            ["traceId"] = Text("4bf92f3577b34da6a3ce929d0e0e4736"),
        },
    };

    private static JsonObject Text(string example) => new() { ["type"] = "string", ["examples"] = new JsonArray(example) };
}
