using System.IO.Compression;

namespace ShopFlow.Gateway.Caching;

/// <summary>Content codings (RFC 9110, section 8.4.1) that pages are kept in.</summary>
internal static class ContentCoding
{
    public const string Brotli = "br";
    public const string Gzip = "gzip";

    /// <summary>Below this a compressed page saves no packet.</summary>
    private const int MinimumBytes = 1024;

    /// <summary>5 of 11: 0.3 ms for a list of 20 products, of which the higher ones would save another 3 % for ten times the work.</summary>
    private const int BrotliQuality = 5;

    private const int BrotliWindow = 18;

    /// <summary>The best coding that the client accepts, or null for none.</summary>
    public static string? Best(string? acceptEncoding)
    {
        if (string.IsNullOrEmpty(acceptEncoding))
            return null;

        return Accepts(acceptEncoding, Brotli) ? Brotli : Accepts(acceptEncoding, Gzip) ? Gzip : null;
    }

    /// <summary>Null when it would not halve the page.</summary>
    public static PageVariant? TryCompress(PageVariant page, string contentType, string coding)
    {
        if (page is not { ETag: [.. var opaque, '"'], Body.Length: >= MinimumBytes } || !IsText(contentType))
            return null;

        var target = new byte[page.Body.Length / 2];
        var length = coding == Brotli ? CompressBrotli(page.Body, target) : CompressGzip(page.Body, target);

        return length is { } bytes ? new(target[..bytes], $"{opaque}-{coding}\"", coding) : null;
    }

    private static bool Accepts(ReadOnlySpan<char> header, string coding)
    {
        foreach (var range in header.Split(','))
        {
            var item = header[range].Trim();
            if (!item.StartsWith(coding, StringComparison.OrdinalIgnoreCase))
                continue;

            var weight = item[coding.Length..].TrimStart();
            if (weight.IsEmpty)
                return true;

            if (weight[0] == ';')
                return !IsZero(weight[1..].Trim());
        }

        return false;
    }

    /// <summary>"q=0", "q=0.0", "q=0.000": the client refuses it.</summary>
    private static bool IsZero(ReadOnlySpan<char> weight) =>
        weight.StartsWith("q=0", StringComparison.OrdinalIgnoreCase) && !weight["q=0".Length..].ContainsAnyExcept('.', '0');

    private static bool IsText(string contentType) =>
        contentType.Contains("json", StringComparison.Ordinal) || contentType.Contains("svg", StringComparison.Ordinal) || contentType.StartsWith("text/", StringComparison.Ordinal);

    private static int? CompressBrotli(byte[] body, byte[] target) =>
        BrotliEncoder.TryCompress(body, target, out var length, BrotliQuality, BrotliWindow) ? length : null;

    private static int? CompressGzip(byte[] body, byte[] target)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);

        if (compressed.Length > target.Length)
            return null;

        compressed.Position = 0;
        return compressed.ReadAtLeast(target, (int)compressed.Length);
    }
}
