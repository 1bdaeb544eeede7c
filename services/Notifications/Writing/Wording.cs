using System.Collections.Frozen;
using System.Text;

namespace ShopFlow.Notifications.Writing;

/// <summary>What a user reads, from a template: a file of <c>Templates</c>, its first line the subject, its third and last the text.</summary>
internal sealed record Wording(string Subject, string Text)
{
    private static readonly FrozenDictionary<string, Wording> s_templates = ReadTemplates().ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Templates => s_templates.Keys;

    /// <param name="template">The name of the file.</param>
    /// <param name="values">What stands for <c>{{name}}</c>.</param>
    /// <exception cref="ArgumentException">There is no such template, or it names a value that isn't given.</exception>
    public static Wording Of(string template, params ReadOnlySpan<(string Name, string Value)> values)
    {
        if (!s_templates.TryGetValue(template, out var wording))
            throw new ArgumentException($"There is no template {template}.", nameof(template));

        return new(Fill(wording.Subject, values), Fill(wording.Text, values));
    }

    private static string Fill(string text, ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = new StringBuilder();
        var rest = text.AsSpan();
        while (rest.IndexOf("{{") is var start and >= 0)
        {
            var end = rest.IndexOf("}}");
            filled.Append(rest[..start]).Append(ValueOf(rest[(start + 2)..end], values));
            rest = rest[(end + 2)..];
        }

        return filled.Append(rest).ToString();
    }

    private static string ValueOf(ReadOnlySpan<char> name, ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (known, value) in values)
        {
            if (name.SequenceEqual(known))
                return value;
        }

        throw new ArgumentException($"A template names {name}, which isn't given.", nameof(values));
    }

    private static IEnumerable<KeyValuePair<string, Wording>> ReadTemplates()
    {
        const string Prefix = "templates.";

        var assembly = typeof(Wording).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var lines = reader.ReadToEnd().TrimEnd().Split('\n');
            yield return new(resource[Prefix.Length..], new(lines[0], lines[2]));
        }
    }
}
