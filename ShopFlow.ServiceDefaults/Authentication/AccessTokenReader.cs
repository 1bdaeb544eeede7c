using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>
/// Reads JSON Web Tokens (RFC 7519) signed with ES256 (RFC 7518, section 3.4). The algorithm is fixed, so that a token cannot choose a weaker one.
/// </summary>
internal sealed class AccessTokenReader(AccessTokenOptions options, TimeProvider time)
{
    private const int MaxLength = 8 * 1024;
    private const int SignatureBytes = 64;

    /// <param name="token">The compact form: header, payload and signature in base64url, with dots between.</param>
    /// <param name="findKey">The public key of a key id, or null when there is none.</param>
    /// <exception cref="InvalidTokenException">The token is not to be believed; the message says why and is fit for the caller.</exception>
    public async ValueTask<AccessToken> ReadAsync(string token, Func<string, ValueTask<ECDsa?>> findKey)
    {
        var parts = token.Split('.');
        if (token.Length > MaxLength || parts.Length != 3)
            throw Malformed();

        try
        {
            var keyId = KeyIdOf(parts[0]);
            var key = await findKey(keyId) ?? throw new InvalidTokenException("The token was signed with an unknown key.");

            CheckSignature(key, signed: token[..token.LastIndexOf('.')], signature: parts[2]);
            var read = Read(parts[1], keyId, key);
            CheckTimes(read);
            return read;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Malformed();
        }
    }

    /// <exception cref="InvalidTokenException">The token has expired, or is not valid yet.</exception>
    public void CheckTimes(AccessToken token)
    {
        var now = time.GetUtcNow();

        if (now - options.ClockSkew >= token.Expires)
            throw new InvalidTokenException("The token has expired.");

        if (now + options.ClockSkew < token.NotBefore)
            throw new InvalidTokenException("The token is not valid yet.");
    }

    private static string KeyIdOf(string encodedHeader)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedHeader));
        var header = document.RootElement;

        // An extension that must be understood and is not makes the token void (RFC 7515, section 4.1.11).
        if (header.GetProperty("alg").GetString() != "ES256" || header.TryGetProperty("crit", out _))
            throw new InvalidTokenException("The token's algorithm is not ES256.");

        return header.GetProperty("kid").GetString() ?? throw Malformed();
    }

    private static void CheckSignature(ECDsa key, string signed, string signature)
    {
        var bytes = Base64Url.DecodeFromChars(signature);
        var valid = bytes.Length == SignatureBytes
            && key.VerifyData(Encoding.UTF8.GetBytes(signed), bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        if (!valid)
            throw new InvalidTokenException("The token's signature is wrong.");
    }

    private AccessToken Read(string encodedPayload, string keyId, ECDsa key)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedPayload));
        var payload = document.RootElement;

        if (payload.GetProperty("iss").GetString() != options.Issuer)
            throw new InvalidTokenException("The token is from another issuer.");

        if (!Values(payload.GetProperty("aud")).Contains(options.Audience))
            throw new InvalidTokenException("The token is for another audience.");

        if (string.IsNullOrEmpty(payload.GetProperty(TokenClaims.Subject).GetString()))
            throw Malformed();

        var claims = payload.EnumerateObject().SelectMany(member => Values(member.Value).Select(value => new Claim(member.Name, value)));
        return new AccessToken(
            new ClaimsPrincipal(new ClaimsIdentity(claims, AccessTokenDefaults.Scheme, TokenClaims.Name, TokenClaims.Role)),
            keyId,
            key,
            payload.TryGetProperty("nbf", out var notBefore) ? Seconds(notBefore) : null,
            Seconds(payload.GetProperty("exp")));
    }

    private static DateTimeOffset Seconds(JsonElement value)
    {
        // Out of the calendar's range is as malformed as a string would be.
        try
        {
            return DateTimeOffset.FromUnixTimeSeconds(value.GetInt64());
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Malformed();
        }
    }

    private static IEnumerable<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(item => item.ToString()),
        _ => [value.ToString()],
    };

    private static InvalidTokenException Malformed() => new("The token is malformed.");
}
