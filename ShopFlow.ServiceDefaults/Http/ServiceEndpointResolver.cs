using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Finds the addresses of a service of the model in the configuration, as Aspire writes them: <c>services:{name}:{scheme}:{index}</c>.
/// A name that is not there is left to DNS, which is what a cluster uses.
/// </summary>
public sealed class ServiceEndpointResolver : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ConcurrentDictionary<(string Scheme, string Host), Endpoints?> _known = [];
    private readonly IDisposable _reload;

    public ServiceEndpointResolver(IConfiguration configuration)
    {
        _configuration = configuration;
        _reload = ChangeToken.OnChange(configuration.GetReloadToken, _known.Clear);
    }

    /// <summary>
    /// Replaces the logical host of <paramref name="address"/> by the next of its addresses in turn, and keeps path and query.
    /// Schemes may be given in order of preference (<c>https+http://catalog</c>), an endpoint by name (<c>http://_admin.catalog</c>).
    /// </summary>
    public Uri Resolve(Uri address)
    {
        var endpoints = _known.GetOrAdd((address.Scheme, address.Host), static (key, resolver) => resolver.Find(key.Scheme, key.Host), this);

        if (endpoints is null)
            return WithoutPreference(address);

        var target = endpoints.Next();
        return new UriBuilder(address) { Scheme = target.Scheme, Host = target.Host, Port = target.Port }.Uri;
    }

    /// <summary>All addresses of a service, for a proxy that balances on its own; empty when it is not in the configuration.</summary>
    public IReadOnlyList<Uri> ResolveAll(Uri address) => Find(address.Scheme, address.Host)?.All ?? [];

    public void Dispose() => _reload.Dispose();

    private Endpoints? Find(string schemes, string host)
    {
        var (service, endpoint) = host.StartsWith('_') && host.Split('.', 2) is [var first, var rest] ? (rest, first[1..]) : (host, null);
        var section = _configuration.GetSection("services").GetSection(service);

        foreach (var name in endpoint is null ? schemes.Split('+') : [endpoint])
        {
            var addresses = section.GetSection(name).GetChildren()
                .Select(child => Uri.TryCreate(child.Value, UriKind.Absolute, out var uri) ? uri : null)
                .OfType<Uri>()
                .ToArray();

            if (addresses.Length > 0)
                return new Endpoints(addresses);
        }

        return null;
    }

    private static Uri WithoutPreference(Uri address)
    {
        var plus = address.Scheme.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? address : new UriBuilder(address) { Scheme = address.Scheme[..plus], Port = address.IsDefaultPort ? -1 : address.Port }.Uri;
    }

    private sealed class Endpoints(IReadOnlyList<Uri> addresses)
    {
        private int _turn = -1;

        public IReadOnlyList<Uri> All => addresses;

        public Uri Next() => addresses[(int)((uint)Interlocked.Increment(ref _turn) % addresses.Count)];
    }
}
