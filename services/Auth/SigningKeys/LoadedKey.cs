using System.Security.Cryptography;

namespace ShopFlow.Auth.SigningKeys;

/// <summary>A key pair that is ready to sign. Platform keys are not safe for several threads, hence the lock (a signature takes some 40 µs).</summary>
internal sealed class LoadedKey(string kid, ECDsa key, DateTimeOffset notBefore, DateTimeOffset retiresAt)
{
    private readonly Lock _signing = new();

    public string Kid => kid;

    public DateTimeOffset NotBefore => notBefore;

    public DateTimeOffset RetiresAt => retiresAt;

    public ECPoint PublicPoint { get; } = key.ExportParameters(includePrivateParameters: false).Q;

    /// <summary>ES256 as RFC 7518 section 3.4 writes it: r and s, 32 bytes each.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        lock (_signing)
            return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
