using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.Auth.Sessions;

/// <summary>256 random bits. SHA-256 without salt is enough to store them: they cannot be guessed.</summary>
internal static class SecretToken
{
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
