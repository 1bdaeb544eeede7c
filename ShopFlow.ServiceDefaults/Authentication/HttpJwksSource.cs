using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults.Authentication;

internal sealed class HttpJwksSource(IHttpClientFactory clients, IOptionsMonitor<AccessTokenOptions> options) : IJwksSource
{
    public const string ClientName = "jwks";

    /// <summary>A key takes about 200 bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        return await client.GetByteArrayAsync(options.Get(AccessTokenDefaults.Scheme).JwksUri, cancellationToken);
    }
}
