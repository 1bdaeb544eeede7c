using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>SHA-256 of a token's text: what is kept of it, so that the memory holds no token that could be used.</summary>
internal readonly record struct TokenDigest(UInt128 First, UInt128 Second)
{
    private const int StackBytes = 2 * 1024;

    public static TokenDigest Of(string token)
    {
        var length = Encoding.UTF8.GetByteCount(token);
        Span<byte> text = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];

        SHA256.HashData(text[..Encoding.UTF8.GetBytes(token, text)], hash);
        return MemoryMarshal.Read<TokenDigest>(hash);
    }
}
