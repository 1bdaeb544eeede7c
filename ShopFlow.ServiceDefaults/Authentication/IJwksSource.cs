namespace ShopFlow.ServiceDefaults;

/// <summary>
/// Gives the public keys that access tokens are signed with. The default asks the auth service; auth itself registers its own,
/// because it would have to call itself.
/// </summary>
public interface IJwksSource
{
    /// <summary>A JSON Web Key Set (RFC 7517) as UTF-8.</summary>
    Task<byte[]> ReadAsync(CancellationToken cancellationToken);
}
