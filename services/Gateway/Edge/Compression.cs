using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace ShopFlow.Gateway.Edge;

/// <summary>
/// How answers of the services are compressed, at the least cost in time; the catalogue's pages are kept compressed. A stream of events is
/// no such type: it would wait in the compressor. Over TLS too: a browser sends no token by itself, which BREACH lives on.
/// </summary>
internal static class Compression
{
    private static readonly string[] s_types =
        ["application/json", "application/problem+json", "application/x-ndjson", "text/csv", "text/html", "text/plain"];

    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = s_types;
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }
}
