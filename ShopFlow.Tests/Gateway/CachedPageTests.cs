using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using ShopFlow.Gateway.Caching;

namespace ShopFlow.Tests.Gateway;

/// <summary>What a client sees of a page from memory.</summary>
public sealed class CachedPageTests : IAsyncLifetime
{
    private const string List = "/products?limit=20";

    private CachingGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await CachingGateway.StartAsync(("OTEL_TRACES_SAMPLER", "always_off"));
        await _gateway.ReadAsync(List);
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Theory]
    [InlineData(null, null)]
    [InlineData("identity", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1.0, br;q=0.5", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br; q=0.000, gzip;q=0", null)]
    [InlineData("brother, gzipped", null)]
    [InlineData("*", null)]
    public async Task A_page_comes_in_the_coding_that_the_client_accepts(string? accepted, string? expected)
    {
        using var response = await GetAsync(List, ("Accept-Encoding", accepted));

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(expected is null ? "\"first\"" : $"\"first-{expected}\"", response.Headers.ETag!.Tag);
        Assert.Equal("Accept-Encoding", response.Headers.Vary.Single());
        Assert.Contains("\"text\":\"first\"", await TextAsync(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"first\"", null, true)]
    [InlineData("W/\"first\"", null, true)]
    [InlineData("\"other\", \"first\"", null, true)]
    [InlineData("*", null, true)]
    [InlineData("\"first-br\"", "br", true)]
    [InlineData("\"first\"", "br", false)]
    [InlineData("\"firs\"", null, false)]
    [InlineData("first", null, false)]
    public async Task A_client_that_has_the_page_gets_304(string has, string? accepts, bool isKnown)
    {
        using var response = await GetAsync(List, ("If-None-Match", has), ("Accept-Encoding", accepts));

        Assert.Equal(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(isKnown ? 0 : response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_page_from_memory_has_the_headers_of_every_answer()
    {
        using var response = await GetAsync(List, ("X-Correlation-Id", "order-42"));

        Assert.Equal("hit", CachingGateway.StatusOf(response));
        Assert.Equal("public, max-age=2", response.Headers.CacheControl!.ToString());
        Assert.Equal("order-42", response.Headers.GetValues("X-Correlation-Id").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(response.Headers.Contains("Catalog-Generation"));
    }

    [Fact]
    public async Task HEAD_has_the_headers_and_no_body()
    {
        using var response = await _gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, List));

        Assert.Equal("hit", CachingGateway.StatusOf(response));
        Assert.True(response.Content.Headers.ContentLength > 2000);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_from_memory_is_counted()
    {
        await _gateway.ReadAsync(List);
        var metrics = _gateway.Metrics();

        Assert.Contains("""shopflow_gateway_cache_reads_total{origin="memory"}""", metrics, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", metrics, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/products", "/products")]
    [InlineData("/PRODUCTS/", "/products")]
    [InlineData("/catalog?limit=3", "/products?limit=3")]
    [InlineData("/products?limit=3&category=shoes", "/products?category=shoes&limit=3")]
    [InlineData("/products?LIMIT=%33&utm_source=mail&x=1&_=17", "/products?limit=3")]
    [InlineData("/products?category=T%C3%BCcher+%26%20mehr", "/products?category=T%C3%BCcher%20%26%20mehr")]
    [InlineData("/products?option.Size=M&maxPrice=20&option.Color=Red&option.Size=L", "/products?maxPrice=20&option.Color=Red&option.Size=L&option.Size=M")]
    [InlineData("/products/0198C0DE-0000-7000-8000-000000000001?currency=EUR&limit=5", "/products/0198c0de-0000-7000-8000-000000000001?currency=EUR")]
    [InlineData("/images/0198c0de-0000-7000-8000-000000000001.svg?v=2", "/images/0198c0de-0000-7000-8000-000000000001.svg")]
    [InlineData("/categories?anything=1", "/categories")]
    public void The_same_page_has_one_key(string path, string key) => Assert.Equal(key, KeyOf("GET", path));

    [Theory]
    [InlineData("POST", "/products")]
    [InlineData("GET", "/products/export")]
    [InlineData("GET", "/products/shirt")]
    [InlineData("GET", "/orders")]
    [InlineData("GET", "/catalog/health")]
    [InlineData("GET", "/products?limit=1&limit=2")]
    [InlineData("GET", "/images/0198c0de-0000-7000-8000-000000000001.png")]
    public void What_is_no_cacheable_read_has_no_key(string method, string path) => Assert.Null(KeyOf(method, path));

    [Fact]
    public void A_key_is_bounded() => Assert.Null(KeyOf("GET", $"/products?category={new string('x', CacheTarget.MaximumLength)}"));

    private static string? KeyOf(string method, string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        var parts = path.Split('?');
        context.Request.Path = parts[0];
        context.Request.QueryString = parts is [_, var query] ? new QueryString($"?{query}") : default;

        Span<char> target = stackalloc char[CacheTarget.MaximumLength];
        return CacheTarget.TryWrite(context.Request, target, out var length) ? target[..length].ToString() : null;
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return _gateway.Client.SendAsync(request);
    }

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        return await reader.ReadToEndAsync();
    }
}
