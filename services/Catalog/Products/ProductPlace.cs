using System.Buffers.Text;
using System.Text;

namespace ShopFlow.Catalog.Products;

/// <summary>
/// The last product of a page, by what the list is sorted by: where the next page begins, even when that product is edited or
/// archived meanwhile. A place names no session, so it doesn't grow old; it belongs to the filters and the sort it was made with.
/// </summary>
/// <param name="Key">The value of the sort's key, as text; empty when the id alone decides.</param>
internal sealed record ProductPlace(Guid Id, string Key)
{
    private const byte Format = 1;
    private const int FilterBytes = 4;
    private const int KeyStart = 1 + FilterBytes + 16;
    private const int LongestToken = 1200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The opaque form, bound to <paramref name="filterHash"/>.</summary>
    public string Encode(ReadOnlySpan<byte> filterHash) =>
        Base64Url.EncodeToString([Format, .. filterHash[..FilterBytes], .. Id.ToByteArray(bigEndian: true), .. StrictUtf8.GetBytes(Key)]);

    /// <summary>False when the text is no token, or one of another list.</summary>
    public static bool TryDecode(string token, ReadOnlySpan<byte> filterHash, out ProductPlace? place)
    {
        place = null;
        if (token.Length > LongestToken || !Base64Url.IsValid(token))
            return false;

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < KeyStart || bytes[0] != Format || !bytes.AsSpan(1, FilterBytes).SequenceEqual(filterHash[..FilterBytes]))
            return false;

        try
        {
            var key = StrictUtf8.GetString(bytes, KeyStart, bytes.Length - KeyStart);
            place = new(new(bytes.AsSpan(1 + FilterBytes, 16), bigEndian: true), key);
            return !key.Contains('\0');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
