using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ShopFlow.Auth.SigningKeys;

internal static class JsonWebKeys
{
    /// <summary>Thumbprint of a P-256 public key: RFC 7638 section 3, members in lexical order.</summary>
    public static string Thumbprint(ECPoint point)
    {
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(members)));
    }

    public static byte[] Write(IEnumerable<LoadedKey> keys)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys");

            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("kty", "EC");
                json.WriteString("crv", "P-256");
                json.WriteString("alg", "ES256");
                json.WriteString("use", "sig");
                json.WriteString("kid", key.Kid);
                json.WriteString("x", Base64Url.EncodeToString(key.PublicPoint.X));
                json.WriteString("y", Base64Url.EncodeToString(key.PublicPoint.Y));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
