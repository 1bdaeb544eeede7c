using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>Reads a JSON Web Key Set (RFC 7517) and keeps its P-256 signing keys by key id; it skips the others.</summary>
internal static class JsonWebKeys
{
    /// <exception cref="JsonException">It is no key set.</exception>
    public static FrozenDictionary<string, ECDsa> Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
            throw new JsonException("A JSON Web Key Set has an array 'keys'.");

        var keys = new Dictionary<string, ECDsa>();
        foreach (var item in list.EnumerateArray())
            if (Member(item, "kid") is { Length: > 0 } keyId && TryImport(item) is { } key)
                keys[keyId] = key;

        return keys.ToFrozenDictionary();
    }

    private static ECDsa? TryImport(JsonElement key)
    {
        if (Member(key, "kty") != "EC" || Member(key, "crv") != "P-256" || Member(key, "use") is not (null or "sig"))
            return null;

        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(Member(key, "x")), Y = Base64Url.DecodeFromChars(Member(key, "y")) },
            });
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement key, string name)
        => key.ValueKind == JsonValueKind.Object && key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
