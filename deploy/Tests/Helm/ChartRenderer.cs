using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests.Helm;

/// <summary>Renders the little of Helm's template language that the chart uses: if, else and end, paths, pipes, and a few functions.</summary>
internal sealed partial class ChartRenderer(JsonObject data)
{
    public string Render(string template)
    {
        var text = new StringBuilder();
        var blocks = new Stack<(bool WasFound, bool IsOn)>();
        var end = 0;
        foreach (Match action in ActionForm().Matches(template))
        {
            var before = template[end..action.Index];
            end = action.Index + action.Length;
            if (blocks.All(block => block.IsOn))
                text.Append(action.Groups["trim"].Success ? before.TrimEnd() : before);

            switch (action.Groups["statement"].Value, action.Groups["expression"].Value)
            {
                case ("if", var condition):
                    var holds = blocks.All(block => block.IsOn) && IsTrue(Evaluate(condition));
                    blocks.Push((holds, holds));
                    break;
                case ("else if", var condition):
                    var (found, _) = blocks.Pop();
                    var isNext = !found && blocks.All(block => block.IsOn) && IsTrue(Evaluate(condition));
                    blocks.Push((found || isNext, isNext));
                    break;
                case ("else", _):
                    blocks.Push((true, !blocks.Pop().WasFound));
                    break;
                case ("end", _):
                    blocks.Pop();
                    break;
                case (_, var expression) when blocks.All(block => block.IsOn):
                    text.Append(Text(Evaluate(expression)));
                    break;
            }
        }

        return text.Append(template.AsSpan(end)).ToString();
    }

    private JsonNode? Evaluate(string expression)
    {
        var words = new Queue<string>(WordForm().Matches(expression).Select(match => match.Value));
        var value = Pipeline(words);
        return words.Count == 0 ? value : throw new FormatException($"'{expression}' is not understood.");
    }

    private JsonNode? Pipeline(Queue<string> words)
    {
        JsonNode? value = null;
        var isPiped = false;
        do
        {
            value = Command(words, isPiped ? [value] : []);
            isPiped = true;
        }
        while (words.TryPeek(out var next) && next == "|" && words.Dequeue() is not null);
        return value;
    }

    private JsonNode? Command(Queue<string> words, JsonNode?[] piped)
    {
        if (words.Peek() is var word && !char.IsAsciiLetter(word[0]))
            return Term(words);

        words.Dequeue();
        var arguments = new List<JsonNode?>();
        while (words.TryPeek(out var next) && next is not ("|" or ")"))
            arguments.Add(Term(words));
        return Call(word, [.. arguments, .. piped]);
    }

    private JsonNode? Term(Queue<string> words)
    {
        switch (words.Dequeue())
        {
            case "(":
                var inner = Pipeline(words);
                return words.Dequeue() == ")" ? inner : throw new FormatException("A parenthesis is not closed.");
            case var path when path[0] == '.':
                return path[1..].Split('.').Aggregate((JsonNode?)data, (at, step) => at![step]);
            case var literal:
                return JsonNode.Parse(literal);
        }
    }

    private static JsonNode? Call(string function, JsonNode?[] arguments) => (function, arguments) switch
    {
        ("quote", [var text]) => JsonSerializer.Serialize(Text(text), s_readable),
        ("int", [var number]) => number!.DeepClone(),
        ("printf", [var format, .. var values]) => values.Aggregate(Text(format), (text, value) => new Regex("%v").Replace(text, Text(value), 1)).Replace("%%", "%"),
        ("urlquery", [var text]) => Uri.EscapeDataString(Text(text)).Replace("%20", "+"),
        ("replace", [var old, var replacement, var text]) => Text(text).Replace(Text(old), Text(replacement)),
        ("toJson", [var value]) => value!.ToJsonString(),
        ("sha256sum", [var text]) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(text)))),
        ("eq", [var left, var right]) => JsonNode.DeepEquals(left, right),
        ("ne", [var left, var right]) => !JsonNode.DeepEquals(left, right),
        ("gt", [var left, var right]) => left!.GetValue<double>() > right!.GetValue<double>(),
        ("not", [var value]) => !IsTrue(value),
        ("and", _) => arguments.FirstOrDefault(value => !IsTrue(value), arguments[^1])?.DeepClone(),
        ("or", _) => arguments.FirstOrDefault(IsTrue, arguments[^1])?.DeepClone(),
        ("required", [var message, var value]) => Text(value).Length > 0 ? value : throw new InvalidOperationException(Text(message)),
        ("fail", [var message]) => throw new InvalidOperationException(Text(message)),
        _ => throw new FormatException($"There is no function {function} with {arguments.Length} arguments."),
    };

    private static bool IsTrue(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.String => value.GetValue<string>().Length > 0,
        _ => true,
    };

    private static string Text(JsonNode? value) => value switch
    {
        null => throw new InvalidOperationException("There is no such value."),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\{\{(?<trim>-)?\s*((?<statement>if|else if|else|end)\b)?\s*(?<expression>.*?)\s*\}\}")]
    private static partial Regex ActionForm();

    [GeneratedRegex("""\.[A-Za-z0-9.]+|"(?:[^"\\]|\\.)*"|[a-z][A-Za-z0-9]*|[|()]|\d+|\S+""")]
    private static partial Regex WordForm();
}
