using YamlDotNet.RepresentationModel;

namespace ShopFlow.Export.Environments;

/// <summary>A value of a settings file that remembers where it stands, whether anybody asked for it, and what it took the place of.</summary>
internal sealed class SettingsNode
{
    private readonly SettingsNode[] _overridden;
    private bool _isKnown;

    private SettingsNode(string source, string path, params SettingsNode[] overridden)
    {
        Source = source;
        Path = path;
        _overridden = overridden;
    }

    /// <summary>File and line.</summary>
    public string Source { get; }

    public string Path { get; }

    /// <summary>The text of a value; null for a mapping or a list.</summary>
    public string? Text { get; private init; }

    public IReadOnlyList<SettingsNode>? Items { get; private init; }

    public IReadOnlyDictionary<string, SettingsNode>? Members { get; private init; }

    public static SettingsNode From(string file, YamlNode yaml, string path = "")
    {
        var source = $"{file}:{yaml.Start.Line}";
        return yaml switch
        {
            YamlMappingNode mapping => new SettingsNode(source, path) { Members = mapping.Children.ToDictionary(Key, child => From(file, child.Value, Join(path, Key(child)))) },
            YamlSequenceNode list => new SettingsNode(source, path) { Items = [.. list.Children.Select((item, index) => From(file, item, $"{path}[{index}]"))] },
            _ => new SettingsNode(source, path) { Text = ((YamlScalarNode)yaml).Value ?? "" },
        };

        static string Key(KeyValuePair<YamlNode, YamlNode> child) => child.Key.ToString();
    }

    public static SettingsNode Empty(string source, string path) => new(source, path) { Members = new Dictionary<string, SettingsNode>() };

    /// <summary>This with what <paramref name="other"/> says instead: mappings are merged, all else is replaced.</summary>
    public SettingsNode With(SettingsNode? other)
    {
        if (other is null)
            return this;
        if (Members is not { } mine || other.Members is not { } others)
            return new SettingsNode(other.Source, other.Path, this, other) { Text = other.Text, Items = other.Items, Members = other.Members };

        return new SettingsNode(other.Source, other.Path, this, other)
        {
            Members = mine.Keys.Union(others.Keys).ToDictionary(key => key, key => (mine.GetValueOrDefault(key), others.GetValueOrDefault(key)) switch
            {
                ({ } left, var right) => left.With(right),
                (null, var right) => right!,
            }),
        };
    }

    /// <summary>The member of that name. To ask for it makes it a known one.</summary>
    public SettingsNode? Find(string name)
    {
        var member = Members?.GetValueOrDefault(name);
        member?.MarkKnown();
        return member;
    }

    /// <summary>What nobody asked for, and nobody will: misspelt, or out of place.</summary>
    public IEnumerable<SettingsNode> Unknown() =>
        Members?.Values.SelectMany(member => member._isKnown ? member.Unknown() : [member]) ?? [];

    private void MarkKnown()
    {
        _isKnown = true;
        foreach (var node in _overridden)
            node.MarkKnown();
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
