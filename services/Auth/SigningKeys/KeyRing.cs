using System.Collections.Immutable;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Auth.SigningKeys;

/// <summary>The signing keys that have not expired, as last read from the database.</summary>
internal sealed class KeyRing(TimeProvider time) : IJwksSource
{
    private volatile PublishedKeys _published = PublishedKeys.None;

    /// <summary>The JSON Web Key Set (RFC 7517 section 5) that other services verify tokens with.</summary>
    public byte[] Jwks => _published.Jwks;

    public IReadOnlyList<LoadedKey> Keys => _published.Keys;

    /// <summary>The newest key that may sign now.</summary>
    public LoadedKey Current
    {
        get
        {
            var now = time.GetUtcNow();
            return _published.Keys.Where(key => key.NotBefore <= now && now < key.RetiresAt).MaxBy(key => key.NotBefore)
                ?? throw new InvalidOperationException("No signing key is valid now.");
        }
    }

    Task<byte[]> IJwksSource.ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Jwks);

    public void Replace(ImmutableArray<LoadedKey> keys) => _published = new(keys, JsonWebKeys.Write(keys));

    private sealed record PublishedKeys(ImmutableArray<LoadedKey> Keys, byte[] Jwks)
    {
        public static readonly PublishedKeys None = new([], JsonWebKeys.Write([]));
    }
}
