using System.Collections;
using System.Diagnostics.CodeAnalysis;
using ShopFlow.Export.Environments;

namespace ShopFlow.Export.Helm;

/// <summary>The settings of services, remembering for which services somebody asked.</summary>
internal sealed class ConsultedServices(IReadOnlyDictionary<string, ServiceSettings> services) : IReadOnlyDictionary<string, ServiceSettings>
{
    private readonly HashSet<string> _consulted = [];

    public IReadOnlySet<string> Consulted => _consulted;

    public int Count => services.Count;

    public IEnumerable<string> Keys => services.Keys;

    public IEnumerable<ServiceSettings> Values => this.Select(service => service.Value);

    public ServiceSettings this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There are no settings of {key}.");

    public bool ContainsKey(string key) => services.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ServiceSettings value)
    {
        _consulted.Add(key);
        return services.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, ServiceSettings>> GetEnumerator() => services.Keys.Select(key => KeyValuePair.Create(key, this[key])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
