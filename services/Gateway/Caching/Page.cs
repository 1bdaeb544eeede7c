namespace ShopFlow.Gateway.Caching;

/// <summary>A whole answer of the catalogue, ready to be sent.</summary>
internal sealed class Page
{
    private const int Overhead = 1024;

    private readonly PageVariant _identity;
    private readonly bool _hasGeneration;
    private PageVariant? _brotli;
    private PageVariant? _gzip;
    private long _generation;
    private long _confirmedAt;

    public Page(string target, int status, byte[] body, string contentType, string? eTag, string? cacheControl, long? generation, long confirmedAt)
    {
        (Target, Status, ContentType, CacheControl) = (target, status, contentType, cacheControl);
        (_hasGeneration, _generation, _confirmedAt) = (generation is not null, generation ?? 0, confirmedAt);
        _identity = new(body, eTag, null);
    }

    public string Target { get; }

    public int Status { get; }

    public string ContentType { get; }

    public string? CacheControl { get; }

    public string? ETag => _identity.ETag;

    /// <summary>Refusals are not kept, nor what does not say which state of the catalogue it shows.</summary>
    public bool IsStorable => Status == StatusCodes.Status200OK && _hasGeneration;

    /// <summary>The newest generation of the catalogue that has this page.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>The timestamp at which the catalogue last gave or confirmed it.</summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    /// <summary>Until this timestamp the catalogue need not be asked for it: it has just not answered.</summary>
    public long PausedUntil { get; set; }

    /// <summary>Whether it was asked for since the store last thought of dropping it.</summary>
    public bool IsVisited { get; set; }

    /// <summary>In bytes, with both compressed forms, of which each is kept only when it is at most half as long.</summary>
    public long Size => Overhead + 2L * _identity.Body.Length;

    public void Confirm(long generation, long at)
    {
        Volatile.Write(ref _generation, Math.Max(Generation, generation));
        Volatile.Write(ref _confirmedAt, at);
    }

    /// <summary>The form for a client that accepts <paramref name="acceptEncoding"/>; compressed once, when it is first asked for.</summary>
    public PageVariant VariantFor(string? acceptEncoding) => ContentCoding.Best(acceptEncoding) switch
    {
        ContentCoding.Brotli => _brotli ??= ContentCoding.TryCompress(_identity, ContentType, ContentCoding.Brotli) ?? _identity,
        ContentCoding.Gzip => _gzip ??= ContentCoding.TryCompress(_identity, ContentType, ContentCoding.Gzip) ?? _identity,
        _ => _identity,
    };
}
