using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>Says whose token it is, and verifies the signature only when it sees a token or a key for the first time.</summary>
internal sealed class AccessTokenValidator(IOptionsMonitor<AccessTokenOptions> options, SigningKeys keys, TimeProvider time)
{
    private readonly ValidatedTokens _validated = new();

    /// <exception cref="InvalidTokenException">The token is not to be believed; the message says why and is fit for the caller.</exception>
    /// <exception cref="KeysUnavailableException">The keys could not be read even once.</exception>
    public async ValueTask<ClaimsPrincipal> ValidateAsync(string text, CancellationToken cancellationToken)
    {
        var reader = new AccessTokenReader(options.Get(AccessTokenDefaults.Scheme), time);
        var digest = TokenDigest.Of(text);

        // A key that was read anew is another object, even under the same id.
        if (_validated.Find(digest) is { } known && ReferenceEquals(await keys.FindAsync(known.KeyId, cancellationToken), known.Key))
        {
            reader.CheckTimes(known);
            return known.Principal;
        }

        var token = await reader.ReadAsync(text, keyId => keys.FindAsync(keyId, cancellationToken));
        _validated.Add(digest, token);
        return token.Principal;
    }
}
