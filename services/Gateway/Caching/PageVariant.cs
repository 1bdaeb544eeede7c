namespace ShopFlow.Gateway.Caching;

/// <summary>A page in one content coding; null is none. Each has an ETag of its own (RFC 9110, section 8.8.3.3).</summary>
internal sealed record PageVariant(byte[] Body, string? ETag, string? ContentEncoding);
