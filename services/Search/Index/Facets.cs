namespace ShopFlow.Search.Index;

/// <summary>All facets of the index, numbered from 0.</summary>
internal sealed class Facets
{
    private readonly List<Facet> _all = [];
    private readonly Dictionary<(string Dimension, string Key), Facet> _byKey = [];
    private readonly Dictionary<string, string> _options = [];

    public int Count => _all.Count;

    public Facet this[int id] => _all[id];

    public Facet? Find(string dimension, string key) => _byKey.GetValueOrDefault((dimension, key.ToLowerInvariant()));

    /// <summary>The name of an option as products write it.</summary>
    public string OptionOf(string dimension) => _options[dimension];

    /// <summary>It is called what the product that was told last calls it.</summary>
    public Facet CategoryOf(string slug, string name)
    {
        var facet = Get(Facet.Category, slug, name);
        return facet.Label == name ? facet : _byKey[(Facet.Category, facet.Key)] = _all[facet.Id] = facet with { Label = name };
    }

    public Facet BrandOf(string brand) => Get(Facet.Brand, brand, brand);

    public Facet OptionOf(string option, string value)
    {
        var dimension = Facet.DimensionOf(option);
        _options.TryAdd(dimension, option);
        return Get(dimension, value, value);
    }

    private Facet Get(string dimension, string key, string label)
    {
        var entry = (dimension, key.ToLowerInvariant());
        if (!_byKey.TryGetValue(entry, out var facet))
        {
            _byKey[entry] = facet = new(_all.Count, dimension, entry.Item2, label);
            _all.Add(facet);
        }

        return facet;
    }
}
