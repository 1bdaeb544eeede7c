using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.ServiceDefaults;

/// <summary>Stands for the auth service: signs tokens, well or badly, and gives out its public keys.</summary>
internal sealed class TestTokens : IJwksSource
{
    public const string UserId = "0198c0de-0000-7000-8000-000000000001";

    private readonly Dictionary<string, ECDsa> _keys = [];

    public TestTokens() => Rotate("first");

    public string CurrentKeyId { get; private set; } = "";

    public int Reads { get; private set; }

    public bool Down { get; set; }

    public ECDsa CurrentKey => _keys[CurrentKeyId];

    /// <summary>Signs with a new key from now on; the old ones stay published.</summary>
    public void Rotate(string keyId)
    {
        _keys[keyId] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CurrentKeyId = keyId;
    }

    public void Withdraw(string keyId) => _keys.Remove(keyId);

    public Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        Reads++;
        if (Down)
            throw new HttpRequestException("auth is down");

        return Task.FromResult(JsonSerializer.SerializeToUtf8Bytes(new { keys = _keys.Select(key => Jwk(key.Key, key.Value)) }));
    }

    public string Issue(
        string issuer = "shopflow",
        object? audience = null,
        string[]? roles = null,
        TimeSpan? expiresIn = null,
        string? keyId = null,
        ECDsa? key = null,
        string userId = UserId)
    {
        var payload = Payload(issuer, audience ?? "shopflow", roles ?? ["customer"], expiresIn ?? TimeSpan.FromMinutes(15), userId);
        var signed = Unsigned(Header("ES256", keyId ?? CurrentKeyId), payload);
        return $"{signed}.{Base64Url.EncodeToString(Sign(key ?? CurrentKey, signed))}";
    }

    /// <summary>A token without a signature, as "alg": "none" would have it.</summary>
    public string IssueUnsigned() => Unsigned(Header("none", CurrentKeyId), Payload("shopflow", "shopflow", ["admin"], TimeSpan.FromMinutes(15))) + ".";

    /// <summary>The classic confusion: an HMAC whose secret is the public key, which everybody knows.</summary>
    public string IssueWithPublicKeyAsSecret()
    {
        var signed = Unsigned(Header("HS256", CurrentKeyId), Payload("shopflow", "shopflow", ["admin"], TimeSpan.FromMinutes(15)));
        var signature = HMACSHA256.HashData(CurrentKey.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static object Jwk(string keyId, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid = keyId, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
    }

    private static object Header(string algorithm, string keyId) => new { alg = algorithm, typ = "at+jwt", kid = keyId };

    private static object Payload(string issuer, object audience, string[] roles, TimeSpan expiresIn, string userId = UserId) => new
    {
        iss = issuer,
        aud = audience,
        sub = userId,
        name = "anna",
        role = roles,
        jti = Guid.CreateVersion7(),
        exp = DateTimeOffset.UtcNow.Add(expiresIn).ToUnixTimeSeconds(),
    };

    private static string Unsigned(object header, object payload)
        => $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(payload))}";

    private static byte[] Sign(ECDsa key, string text)
        => key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
