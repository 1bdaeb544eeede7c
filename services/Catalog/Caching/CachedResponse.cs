using System.Buffers.Text;
using System.Security.Cryptography;

namespace ShopFlow.Catalog.Caching;

/// <summary>A whole answer, ready to be sent. <c>ETag</c> includes the quotes.</summary>
internal sealed record CachedResponse(byte[] Body, string ContentType, string ETag)
{
    /// <param name="version">What optimistic concurrency compares, if the answer is about one product.</param>
    public static CachedResponse Create(byte[] body, string contentType, uint? version = null)
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 9));
        return new(body, contentType, version is null ? $"\"{hash}\"" : $"\"{version}-{hash}\"");
    }
}
