namespace ShopFlow.Auth.Data;

/// <summary>A P-256 key pair. It signs from <see cref="NotBefore"/> to <see cref="RetiresAt"/> and is published until <see cref="ExpiresAt"/>.</summary>
internal sealed class SigningKey
{
    /// <summary>RFC 7638 thumbprint of the public key.</summary>
    public required string Kid { get; init; }

    /// <summary>PKCS #8, encrypted: see KeyEncryption.</summary>
    public required byte[] EncryptedPrivateKey { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset RetiresAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
