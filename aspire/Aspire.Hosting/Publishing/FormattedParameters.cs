using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>
/// A manifest cannot encode a value where it is used, so each encoded form of a parameter is an entry of its own,
/// such as <c>cache-password-uri-encoded</c>.
/// </summary>
internal sealed class FormattedParameters
{
    private readonly OrderedDictionary<ParameterResource, OrderedDictionary<string, string>> _formats = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<ParameterResource> Unwritten => [.. _formats.Keys];

    public void Reserve(params IEnumerable<string> names) => _names.UnionWith(names);

    public void RegisterAll(ReferenceExpression expression)
    {
        for (var i = 0; i < expression.ValueProviders.Count && i < expression.StringFormats.Count; i++)
        {
            Register(expression.ValueProviders[i], expression.StringFormats[i]);
        }
    }

    /// <returns>The name of the entry that holds the encoded value, or null where the value is used as it is.</returns>
    public string? Register(IValueProvider provider, string? format)
    {
        if (string.IsNullOrEmpty(format) || FindParameter(provider) is not { } parameter)
        {
            return null;
        }

        if (!_formats.TryGetValue(parameter, out var names))
        {
            _formats[parameter] = names = [];
        }

        if (!names.TryGetValue(format, out var name))
        {
            names[format] = name = CreateName(parameter.Name, format);
        }

        return name;
    }

    public IEnumerable<KeyValuePair<string, string>> Take(ParameterResource parameter) =>
        _formats.Remove(parameter, out var names) ? names : [];

    private static ParameterResource? FindParameter(IValueProvider provider) => provider switch
    {
        ParameterResource parameter => parameter,
        ReferenceExpression { Format: "{0}", ValueProviders: [ParameterResource parameter] } => parameter,
        _ => null,
    };

    private string CreateName(string parameterName, string format)
    {
        var name = $"{parameterName}-{ManifestWords.Join(format)}-encoded";
        var candidate = name;

        for (var suffix = 1; !_names.Add(candidate); suffix++)
        {
            candidate = $"{name}-{suffix}";
        }

        return candidate;
    }
}
