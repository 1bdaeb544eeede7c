using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Kustomize;

/// <summary>Writes an object as YAML in one way only, with members in their order, so that the same input gives the same bytes.</summary>
internal static partial class YamlWriter
{
    private const string Indent = "  ";

    public static string Write(JsonObject document)
    {
        var text = new StringBuilder();
        WriteMembers(text, document, "");
        return text.ToString();
    }

    private static void WriteMembers(StringBuilder text, JsonObject members, string indent)
    {
        var isFirst = true;
        foreach (var (name, value) in members)
        {
            // The first member of a list's item stands behind the dash.
            if (!isFirst || text.Length == 0 || text[^1] == '\n')
                text.Append(indent);
            text.Append(Scalar(name)).Append(':');
            WriteValue(text, value, indent);
            isFirst = false;
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, string indent)
    {
        switch (value)
        {
            case JsonObject { Count: 0 }:
                text.Append(" {}\n");
                break;
            case JsonArray { Count: 0 }:
                text.Append(" []\n");
                break;
            case JsonObject members:
                text.Append('\n');
                WriteMembers(text, members, indent + Indent);
                break;
            case JsonArray items:
                text.Append('\n');
                foreach (var item in items)
                    WriteItem(text, item, indent + Indent);
                break;
            default:
                WriteScalar(text.Append(' '), value, indent + Indent);
                break;
        }
    }

    private static void WriteItem(StringBuilder text, JsonNode? item, string indent)
    {
        text.Append(indent).Append('-');
        if (item is JsonObject { Count: > 0 } members)
        {
            text.Append(' ');
            WriteMembers(text, members, indent + Indent);
        }
        else
        {
            WriteValue(text, item, indent);
        }
    }

    private static void WriteScalar(StringBuilder text, JsonNode? value, string indent)
    {
        if (value is not null && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var lines && lines.Contains('\n') && IsBlock(lines))
        {
            text.Append(lines.EndsWith('\n') ? "|\n" : "|-\n");
            foreach (var line in lines.TrimEnd('\n').Split('\n'))
                text.Append(line.Length == 0 ? "" : indent + line).Append('\n');
            return;
        }

        text.Append(value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.String => Scalar(value.GetValue<string>()),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToJsonString(),
        }).Append('\n');
    }

    private static bool IsBlock(string lines) => !lines.StartsWith(' ') && !lines.EndsWith("\n\n", StringComparison.Ordinal) && !lines.Any(letter => char.IsControl(letter) && letter != '\n');

    // Plain only where no reader of YAML 1.1 or 1.2 could see anything but this text; else quoted as in JSON, which both read.
    private static string Scalar(string text) =>
        PlainText().IsMatch(text) && !OtherThanText().IsMatch(text) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? text
            : JsonSerializer.Serialize(text, s_readable);

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"^[A-Za-z_/.][A-Za-z0-9_/.@%+=()$-]*(:[A-Za-z0-9_/.@%+=()$-]+)*$")]
    private static partial Regex PlainText();

    [GeneratedRegex(@"^(y|n|yes|no|on|off|true|false|null|\.inf|\.nan|[0-9.eE+_-]+)$", RegexOptions.IgnoreCase)]
    private static partial Regex OtherThanText();
}
