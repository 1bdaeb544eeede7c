using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ShopFlow.Auth.Sessions;

namespace ShopFlow.Auth.SigningKeys;

/// <summary>Writes access tokens: JWT (RFC 7519) signed with ES256.</summary>
internal sealed class AccessTokenIssuer(KeyRing keys, TimeProvider time, IOptions<AuthOptions> options)
{
    public const string SessionClaim = "sid";

    private const string Issuer = "shopflow";
    private const string Audience = "shopflow";

    public TimeSpan Lifetime => options.Value.AccessTokenLifetime;

    public string Issue(SignedInUser user, Guid sessionId)
    {
        var key = keys.Current;
        var unsigned = $"{Encode(json => WriteHeader(json, key.Kid))}.{Encode(json => WriteClaims(json, user, sessionId))}";
        return $"{unsigned}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(unsigned)))}";
    }

    private static void WriteHeader(Utf8JsonWriter json, string kid)
    {
        json.WriteString("alg", "ES256");
        json.WriteString("typ", "JWT");
        json.WriteString("kid", kid);
    }

    private void WriteClaims(Utf8JsonWriter json, SignedInUser user, Guid sessionId)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();

        json.WriteString("iss", Issuer);
        json.WriteString("aud", Audience);
        json.WriteString("sub", user.Id);
        json.WriteString("name", user.Username);
        json.WriteStartArray("role");
        foreach (var role in user.Roles)
            json.WriteStringValue(role);
        json.WriteEndArray();
        json.WriteString(SessionClaim, sessionId);
        json.WriteString("jti", Guid.CreateVersion7());
        json.WriteNumber("iat", now);
        json.WriteNumber("nbf", now);
        json.WriteNumber("exp", now + (long)Lifetime.TotalSeconds);
    }

    private static string Encode(Action<Utf8JsonWriter> writeMembers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
