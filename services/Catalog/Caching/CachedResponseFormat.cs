using System.Text;

namespace ShopFlow.Catalog.Caching;

/// <summary>How an answer is kept in Redis: ETag, line feed, content type, line feed, body.</summary>
internal static class CachedResponseFormat
{
    private const byte LineFeed = (byte)'\n';

    public static byte[] Write(CachedResponse response) =>
        [.. Encoding.ASCII.GetBytes($"{response.ETag}\n{response.ContentType}\n"), .. response.Body];

    /// <summary>Null when the bytes are not of this form.</summary>
    public static CachedResponse? Read(byte[] stored)
    {
        var endOfETag = Array.IndexOf(stored, LineFeed);
        var endOfType = endOfETag < 0 ? -1 : Array.IndexOf(stored, LineFeed, endOfETag + 1);

        return endOfType < 0
            ? null
            : new(stored[(endOfType + 1)..], Encoding.ASCII.GetString(stored, endOfETag + 1, endOfType - endOfETag - 1), Encoding.ASCII.GetString(stored, 0, endOfETag));
    }
}
