using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace ShopFlow.Search.Querying;

/// <summary>Where a result stands in a list, and, as text, where the next page begins.</summary>
internal readonly record struct SortKey(double Number, string Text, Guid Id, bool IsDescending = false) : IComparable<SortKey>
{
    private const int NumberBytes = sizeof(double);
    private const int FixedBytes = NumberBytes + 16;
    private const int LongestToken = 1200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public int CompareTo(SortKey other)
    {
        var byNumber = Number.CompareTo(other.Number);
        if (byNumber != 0)
            return byNumber;

        var byText = StringComparer.OrdinalIgnoreCase.Compare(Text, other.Text);
        if (byText != 0)
            return byText;

        return IsDescending ? other.Id.CompareTo(Id) : Id.CompareTo(other.Id);
    }

    /// <summary>The opaque form; <paramref name="list"/> stands for the query that it belongs to.</summary>
    public string Encode(ReadOnlySpan<byte> list)
    {
        var number = new byte[NumberBytes];
        BinaryPrimitives.WriteDoubleBigEndian(number, Number);
        return Base64Url.EncodeToString([.. list, .. number, .. Id.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(Text)]);
    }

    /// <summary>False when the token is none, or one of another query.</summary>
    public static bool TryDecode(string token, ReadOnlySpan<byte> list, bool isDescending, out SortKey key)
    {
        key = default;
        if (token.Length > LongestToken || !Base64Url.IsValid(token))
            return false;

        var bytes = Base64Url.DecodeFromChars(token).AsSpan();
        if (bytes.Length < list.Length + FixedBytes || !bytes.StartsWith(list))
            return false;

        bytes = bytes[list.Length..];
        try
        {
            key = new(
                BinaryPrimitives.ReadDoubleBigEndian(bytes),
                StrictUtf8.GetString(bytes[FixedBytes..]),
                new(bytes[NumberBytes..FixedBytes], bigEndian: true),
                isDescending);
            return double.IsFinite(key.Number);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
