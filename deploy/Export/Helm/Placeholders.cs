using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Helm;

/// <summary>
/// Stands in for settings while objects are built for the chart. A text becomes <c>⟨.Values.registry⟩</c> and a number one that no object
/// has, so that <see cref="Template"/> finds them wherever they end up; what decides takes the choice that is tried.
/// </summary>
internal sealed partial class Placeholders(Point point)
{
    // No object of Kubernetes that is made here has negative numbers. They are far apart, so that one more or less is none of them.
    private const int FirstNumber = -100_000_000;
    private const int Apart = 1000;

    private readonly List<string> _numbers = [];
    private readonly List<ChartValue> _values = [];
    private readonly List<Switch> _switches = [];

    /// <summary>At <see cref="Point.Usual"/> only.</summary>
    public IReadOnlyList<ChartValue> Values => _values;

    public IReadOnlyList<Switch> Switches => _switches;

    /// <param name="value">Null: whoever needs it has to give it.</param>
    public string Text(string path, string? value, string? pattern = null)
    {
        Add(path, value ?? "", () => pattern is null ? new() { ["type"] = "string" } : new() { ["type"] = "string", ["pattern"] = pattern });
        return value is null ? $"⟨required \"{path} is missing\" .Values.{path}⟩" : $"⟨.Values.{path}⟩";
    }

    public int Number(string path, int value, int min, int max)
    {
        Add(path, value, () => new() { ["type"] = "integer", ["minimum"] = min, ["maximum"] = max });
        _numbers.Add(path);
        return FirstNumber - (_numbers.Count - 1) * Apart;
    }

    /// <summary>A text that may be empty; then it is null here.</summary>
    /// <param name="special">A text with a meaning of its own.</param>
    public string? Optional(string path, string? value, string pattern, string? special = null)
    {
        const string Given = "given", Empty = "empty";
        Add(path, value ?? "", () => new() { ["type"] = "string", ["pattern"] = pattern });
        var empty = new Choice(Empty, $"not .Values.{path}", $".Values.{path}");
        var chosen = Decide(new Switch(path, Given, special is null
            ? [new(Given, empty.IsNot, empty.Is), empty]
            :
            [
                new(Given, $"and .Values.{path} (ne .Values.{path} \"{special}\")", $"or (not .Values.{path}) (eq .Values.{path} \"{special}\")"),
                new(special, $"eq .Values.{path} \"{special}\"", $"ne .Values.{path} \"{special}\""),
                empty,
            ]));
        return chosen == Given ? $"⟨.Values.{path}⟩" : chosen == special ? special : null;
    }

    public bool Flag(string path, bool value)
    {
        Add(path, value, () => new() { ["type"] = "boolean" });
        var (on, off) = (new Choice("true", $".Values.{path}", $"not .Values.{path}"), new Choice("false", $"not .Values.{path}", $".Values.{path}"));
        return Decide(new Switch(path, value ? on.Name : off.Name, [on, off])) == on.Name;
    }

    /// <param name="others">What can't be chosen here.</param>
    public T OneOf<T>(string path, T value, params T[] others) where T : struct, Enum
    {
        static string Name(T it) => JsonNamingPolicy.CamelCase.ConvertName(it.ToString());

        string[] names = [.. Enum.GetValues<T>().Except(others).Select(Name)];
        Add(path, Name(value), () => new() { ["enum"] = Kubernetes.Objects.Strings(names) });
        var chosen = Decide(new Switch(path, Name(value), [.. names.Select(name => new Choice(name, $"eq .Values.{path} \"{name}\"", $"ne .Values.{path} \"{name}\""))]));
        return Enum.GetValues<T>().Single(it => Name(it) == chosen);
    }

    /// <summary>The YAML of an object as a template: each placeholder becomes an expression, and braces that are the object's own stay.</summary>
    /// <exception cref="InvalidOperationException">Something was calculated from a placeholder. Make its result a setting.</exception>
    public string[] Template(string yaml)
    {
        var text = yaml.Replace("{{", "{{ \"{{\" }}");
        // Helm reads numbers as floating ones and would write a million as 1e+06.
        text = NumberForm().Replace(text, match => $"{{{{ int .Values.{PathOf(match.Value)} }}}}");
        text = QuotedForm().Replace(text, match => $"{{{{ {Expression(JsonSerializer.Deserialize<string>(match.Value)!)} | quote }}}}");
        text = PlaceholderForm().Replace(text, "{{ $1 }}");
        return LeftOver().Match(text) is { Success: true } left
            ? throw new InvalidOperationException($"Something was calculated from a value of the chart: '{left.Value}' in {text}")
            : text.TrimEnd('\n').Split('\n');
    }

    private string PathOf(string number)
    {
        var (index, rest) = Math.DivRem(FirstNumber - int.Parse(number, CultureInfo.InvariantCulture), Apart);
        return rest == 0 && _numbers.ElementAtOrDefault(index) is { } path ? path : throw new InvalidOperationException($"{number} was calculated from a value of the chart.");
    }

    private static string Expression(string text)
    {
        var placeholders = PlaceholderForm().Matches(text);
        if (placeholders is [{ } only] && only.Length == text.Length)
            return only.Groups[1].Value;

        var format = JsonSerializer.Serialize(PlaceholderForm().Replace(text.Replace("%", "%%"), "%v"));
        return $"printf {format} {string.Join(' ', placeholders.Select(match => match.Groups[1].Value).Select(it => it.Contains(' ') ? $"({it})" : it))}";
    }

    // They are the same whatever is tried.
    private void Add(string path, JsonNode value, Func<JsonObject> schema)
    {
        if (point == Point.Usual)
            _values.Add(new ChartValue(path, value, schema()));
    }

    private string Decide(Switch decided)
    {
        _switches.Add(decided);
        return point.ChoiceOf(decided.Path) ?? decided.Usual;
    }

    [GeneratedRegex("⟨([^⟩]*)⟩")]
    private static partial Regex PlaceholderForm();

    [GeneratedRegex(@"(?<=[:-] )-\d+$", RegexOptions.Multiline)]
    private static partial Regex NumberForm();

    [GeneratedRegex("""(?<= )"(?:[^"\\\n]|\\.)*⟨(?:[^"\\\n]|\\.)*"$""", RegexOptions.Multiline)]
    private static partial Regex QuotedForm();

    [GeneratedRegex(@"[⟨⟩]|%E2%9F%A8|-1\d{8}\b")]
    private static partial Regex LeftOver();
}
