using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an expression is made of, gathered piece by piece.</summary>
internal sealed class ExpressionParts
{
    private readonly StringBuilder _format = new();
    private readonly List<IValueProvider> _values = [];
    private readonly List<string> _manifestExpressions = [];
    private readonly List<string?> _stringFormats = [];

    public bool IsEmpty => _format.Length == 0;

    public void AddText(string? text, string? format = null)
    {
        if (text is not null)
        {
            _format.Append(EscapeBraces(format is null ? text : ValueFormat.Apply(text, format)));
        }
    }

    public void AddValue(IValueProvider value, string manifestExpression, string? format = null)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add(value);
        _manifestExpressions.Add(manifestExpression);
        _stringFormats.Add(format);
    }

    public ReferenceExpression Build() => new(_format.ToString(), [.. _values], [.. _manifestExpressions], [.. _stringFormats]);

    /// <summary>Doubles each single brace, since the text ends up in a format string; doubled ones are taken as escaped already.</summary>
    private static string EscapeBraces(string text)
    {
        var escaped = new StringBuilder(text.Length);

        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            escaped.Append(character);

            if (character is not ('{' or '}'))
            {
                continue;
            }

            escaped.Append(character);
            if (i + 1 < text.Length && text[i + 1] == character)
            {
                i++;
            }
        }

        return escaped.ToString();
    }
}
