using System.Text;

namespace ShopFlow.Export.Manifests;

/// <summary>A text of the manifest with placeholders, as <c>Host={postgres.bindings.tcp.host}</c>. A brace that is meant is doubled.</summary>
internal sealed record Template(string Text, IReadOnlyList<TemplatePart> Parts)
{
    /// <exception cref="FormatException">A brace has no partner, or a placeholder is empty.</exception>
    public static Template Parse(string text)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                literal.Append(text[i]);
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
                continue;
            }

            var end = text[i] == '{' ? text.IndexOf('}', i) : -1;
            if (end <= i + 1)
                throw new FormatException($"the brace at position {i} has no partner; a brace that is meant is doubled");

            Flush();
            parts.Add(new Placeholder(text[(i + 1)..end]));
            i = end;
        }

        Flush();
        return new Template(text, parts);

        void Flush()
        {
            if (literal.Length > 0)
                parts.Add(new Literal(literal.ToString()));
            literal.Clear();
        }
    }
}

internal abstract record TemplatePart;

internal sealed record Literal(string Text) : TemplatePart;

/// <param name="Path">What it stands for, as <c>postgres.bindings.tcp.host</c>.</param>
internal sealed record Placeholder(string Path) : TemplatePart;
