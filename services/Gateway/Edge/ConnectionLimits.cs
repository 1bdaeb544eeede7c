using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// What one client may hold of the server. A body that trickles in is given up by Kestrel's own limit of 240 bytes a second after 5 seconds.
/// </summary>
internal sealed class ConnectionLimits(IOptions<GatewayOptions> options) : IConfigureOptions<KestrelServerOptions>
{
    private const int HeaderBytes = 16 * 1024;

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.Limits.RequestHeadersTimeout = options.Value.HeadersLimit;
        kestrel.Limits.MaxConcurrentConnections = options.Value.MaximumConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
    }
}
