using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.Orders.Placing;

/// <summary>
/// What a guest opens an order with. The access key is not stored, and yet a repeated request is told it again: it is made from
/// the request's Idempotency-Key, which only the guest has, and a salt that only the database has. The order keeps its hash.
/// </summary>
internal static class GuestAccess
{
    private const int SaltBytes = 32;

    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltBytes);

    public static string KeyOf(string idempotencyKey, byte[] salt) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey), salt));

    public static byte[] HashOf(string accessKey) => SHA256.HashData(Encoding.UTF8.GetBytes(accessKey));

    /// <summary>
    /// Whose Idempotency-Keys a guest's are: two guests may choose the same one. Those without an e-mail address share an owner, and so
    /// their keys have to be <see cref="IdempotencyKey.IsUnique"/>.
    /// </summary>
    public static string OwnerOf(string email) => "guest:" + Hex(email.ToLowerInvariant())[..48];

    /// <summary>A guest's Idempotency-Key as it is stored.</summary>
    public static string Stored(string idempotencyKey) => Hex(idempotencyKey);

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
