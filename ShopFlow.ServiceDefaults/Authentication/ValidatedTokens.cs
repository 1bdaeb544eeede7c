using System.Collections.Concurrent;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>
/// Tokens that were verified, so that only a caller's first request pays for the signature. Bounded: they are kept in two generations;
/// when the young one is full it becomes the old one, and what nobody has used since is forgotten.
/// </summary>
internal sealed class ValidatedTokens
{
    /// <summary>Tokens of a generation; one takes about 2 KB.</summary>
    public const int GenerationSize = 5_000;

    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<TokenDigest, AccessToken> _young = [];
    private volatile ConcurrentDictionary<TokenDigest, AccessToken> _old = [];
    private int _youngCount;

    public AccessToken? Find(TokenDigest digest)
    {
        if (_young.TryGetValue(digest, out var token))
            return token;

        if (_old.TryGetValue(digest, out token))
            Add(digest, token);

        return token;
    }

    public void Add(TokenDigest digest, AccessToken token)
    {
        lock (_gate)
        {
            if (_youngCount >= GenerationSize)
                (_old, _young, _youngCount) = (_young, [], 0);

            if (_young.TryAdd(digest, token))
                _youngCount++;
            else
                _young[digest] = token;
        }
    }
}
