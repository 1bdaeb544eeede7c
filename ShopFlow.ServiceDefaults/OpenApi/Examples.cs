using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ShopFlow.ServiceDefaults.OpenApi;

/// <summary>Examples of what has the same name everywhere, so that the pages of all services tell one story.</summary>
internal static class Examples
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private const string Time = "2026-11-21T12:00:00Z";

    private static readonly Dictionary<string, string> s_texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["username"] = "anna",
        ["email"] = "anna@example.com",
        ["password"] = "correct horse battery",
        ["currentPassword"] = "correct horse battery",
        ["newPassword"] = "a longer one than before",
        ["sku"] = "MUG-BLUE",
        ["currency"] = "EUR",
        ["line1"] = "Unter den Linden 1",
        ["city"] = "Berlin",
        ["postalCode"] = "10117",
        ["country"] = "DE",
        ["paymentMethod"] = "card",
        ["carrier"] = "DHL",
        ["trackingNumber"] = "00340434161094015902",
    };

    private static readonly Dictionary<string, decimal> s_numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["quantity"] = 2,
        ["available"] = 40,
        ["price"] = 12.90m,
        ["unitPrice"] = 12.90m,
        ["amount"] = 30.70m,
        ["total"] = 30.70m,
        ["subtotal"] = 25.80m,
        ["shipping"] = 4.90m,
        ["tax"] = 4.90m,
    };

    /// <summary>Null where a name or a format says too little.</summary>
    public static JsonNode? Of(string name, OpenApiSchema schema)
    {
        if (schema.Enum is [_, ..])
            return null;

        var type = schema.Type & ~JsonSchemaType.Null;
        return (type, schema.Format) switch
        {
            (JsonSchemaType.String, "uuid") => Id,
            (JsonSchemaType.String, "date-time") => Time,
            (JsonSchemaType.String, _) => s_texts.TryGetValue(name, out var text) ? text : null,
            (JsonSchemaType.Integer, _) => s_numbers.TryGetValue(name, out var count) ? (long)count : null,
            (JsonSchemaType.Number, _) => s_numbers.TryGetValue(name, out var number) ? number : null,
            _ => null,
        };
    }
}
