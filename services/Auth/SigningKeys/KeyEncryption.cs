using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ShopFlow.Auth.SigningKeys;

/// <summary>AES-256-GCM over the private keys in the database. Layout: nonce (12 bytes), tag (16 bytes), cipher text; the kid is authenticated too.</summary>
internal sealed class KeyEncryption(IOptions<AuthOptions> options)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key = HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        Encoding.UTF8.GetBytes(options.Value.KeyEncryptionKey),
        outputLength: 32,
        info: "shopflow signing keys"u8.ToArray());

    public byte[] Encrypt(string kid, ReadOnlySpan<byte> privateKey)
    {
        var sealedKey = new byte[NonceSize + TagSize + privateKey.Length];
        var nonce = sealedKey.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, privateKey, sealedKey.AsSpan(NonceSize + TagSize), sealedKey.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(kid));
        return sealedKey;
    }

    /// <exception cref="InvalidOperationException">The key was encrypted with another <c>Auth:KeyEncryptionKey</c>, or was altered.</exception>
    public byte[] Decrypt(string kid, ReadOnlySpan<byte> sealedKey)
    {
        var privateKey = new byte[sealedKey.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);

        try
        {
            aes.Decrypt(sealedKey[..NonceSize], sealedKey[(NonceSize + TagSize)..], sealedKey.Slice(NonceSize, TagSize), privateKey, Encoding.UTF8.GetBytes(kid));
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw new InvalidOperationException(
                $"Signing key {kid} cannot be decrypted: it was stored under another Auth:KeyEncryptionKey. "
                + "Start with the former value, or delete the row from signing_keys, which ends the access tokens that it signed.",
                exception);
        }

        return privateKey;
    }
}
