using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ShopFlow.Tests.Gateway;

/// <summary>Requests that nobody sends by accident.</summary>
public sealed class HostileRequestTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private Uri Address => gateway.Client.BaseAddress!;

    /// <summary>The fake services answer every path, and say in their answer which one they were asked.</summary>
    [Theory]
    [InlineData("/internal/prices")]
    [InlineData("//internal/prices")]
    [InlineData("/./internal/prices")]
    [InlineData("/INTERNAL/prices")]
    [InlineData("/%69nternal/prices")]
    [InlineData("/products/../internal/prices")]
    [InlineData("/products/%2e%2e/internal/prices")]
    [InlineData("/products/%2E%2E/internal/prices")]
    [InlineData("/products/.%2e/internal/prices")]
    [InlineData("/products/..%2finternal/prices")]
    [InlineData("/products/..%2Finternal%2Fprices")]
    [InlineData("/products/%2e%2e%2finternal%2fprices")]
    [InlineData("/products/%252e%252e/internal/prices")]
    [InlineData("/products/%252e%252e%252finternal/prices")]
    [InlineData("/products/..\\internal\\prices")]
    [InlineData("/products/..%5cinternal%5cprices")]
    [InlineData("/products/..;/internal/prices")]
    [InlineData("/products//../../internal/prices")]
    [InlineData("/products%2f..%2finternal%2fprices")]
    [InlineData("/auth/..%2f..%2finternal/prices")]
    [InlineData("/orders/../internal/prices")]
    [InlineData("http://elsewhere/internal/prices")]
    [InlineData("/products/%00/../../internal/prices")]
    [InlineData("/products/x?a=/../../internal/prices")]
    public async Task No_spelling_of_a_path_reaches_what_is_internal(string target)
    {
        var (status, text) = await RawRequest.GetAsync(Address, target);

        if (status == 200)
        {
            var asked = text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)];
            var path = JsonSerializer.Deserialize<FakeServices.Asked>(asked, JsonSerializerOptions.Web)!.Path.Split('?')[0];
            Assert.True(path.StartsWith("/products", StringComparison.Ordinal) || path.StartsWith("/auth/", StringComparison.Ordinal), path);
            Assert.DoesNotContain("/../", Uri.UnescapeDataString(path).Replace('\\', '/'), StringComparison.Ordinal);
        }
        else
        {
            Assert.InRange(status, 400, 499);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "1.2.3.4", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https", "http")]
    [InlineData("X-Forwarded-Host", "evil.example", "shop")]
    [InlineData("X-Forwarded-Prefix", "/evil", null)]
    [InlineData("X-Forwarded-User", "admin", null)]
    [InlineData("Forwarded", "for=1.2.3.4;proto=https", null)]
    [InlineData("X-Real-IP", "1.2.3.4", null)]
    [InlineData("X-Original-URL", "/internal/prices", null)]
    [InlineData("X-HTTP-Method-Override", "DELETE", null)]
    [InlineData("X-User-Id", "42", null)]
    [InlineData("Proxy-Authorization", "Basic eDp5", null)]
    [InlineData("TE", "trailers", null)]
    [InlineData("Keep-Alive", "timeout=5", null)]
    [InlineData("Order-Key", "k-1", "k-1")]
    [InlineData("Cart-Id", "c-1", "c-1")]
    [InlineData("Cookie", "shopflow_cart=c-1", "shopflow_cart=c-1")]
    [InlineData("Idempotency-Key", "i-1", "i-1")]
    [InlineData("If-Match", "\"3-abc\"", "\"3-abc\"")]
    [InlineData("Shopflow-Signature", "t=1,v1=ab", "t=1,v1=ab")]
    public async Task Headers_that_a_service_sees_of_what_a_client_sends(string name, string sent, string? seen)
    {
        var (_, text) = await RawRequest.GetAsync(Address, "/products/x", $"{name}: {sent}");

        Assert.Equal(seen, Asked(text).Headers.GetValueOrDefault(name));
    }

    [Fact]
    public async Task Headers_for_the_next_hop_only_end_here()
    {
        using var request = gateway.Request(HttpMethod.Get, "/products/x");
        request.Headers.Connection.Add("X-Hop");
        request.Headers.Add("X-Hop", "1");
        request.Headers.Add("X-End", "2");
        using var response = await gateway.Client.SendAsync(request);

        var seen = (await response.Content.ReadFromJsonAsync<FakeServices.Asked>())!.Headers;
        Assert.Equal((null, "2"), (seen.GetValueOrDefault("X-Hop"), seen.GetValueOrDefault("X-End")));
    }

    [Theory]
    [InlineData("PUT", "/catalog", 405)]
    [InlineData("DELETE", "/openapi.json", 405)]
    [InlineData("POST", "/", 405)]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("DELETE", "/nothing", 404)]
    [InlineData("GET", "/metrics", 404)]
    public async Task A_wrong_method_or_path_is_a_problem(string method, string path, int status)
    {
        using var response = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        await response.ProblemAsync((HttpStatusCode)status);
        if (status == 405)
            Assert.Contains("GET", response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("GET /products HTTP/1.1\r\n\r\n")]
    [InlineData("GET /products HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /products HTTP/1.1\r\nHost: shop\r\nBad Name: x\r\n\r\n")]
    [InlineData("GET /products HTTP/1.1\r\nHost: shop\r\nX: a\0b\r\n\r\n")]
    [InlineData("GET /pro ducts HTTP/1.1\r\nHost: shop\r\n\r\n")]
    [InlineData("GET products HTTP/1.1\r\nHost: shop\r\n\r\n")]
    [InlineData("POST /auth/login HTTP/1.1\r\nHost: shop\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello")]
    [InlineData("POST /auth/login HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /auth/login HTTP/1.1\r\nHost: shop\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /auth/login HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    public async Task What_is_no_HTTP_is_refused(string request) =>
        Assert.InRange((await RawRequest.SendAsync(Address, request)).Status, 400, 499);

    [Fact]
    public async Task A_length_beside_chunks_does_not_smuggle_a_second_request()
    {
        const string smuggled = "GET /internal/prices HTTP/1.1\r\nHost: shop\r\n\r\n";
        var body = $"0\r\n\r\n{smuggled}";
        var (status, text) = await RawRequest.SendAsync(
            Address,
            $"POST /auth/login HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: {body.Length}\r\nTransfer-Encoding: chunked\r\n\r\n{body}");

        Assert.Equal(200, status);
        Assert.DoesNotContain("/internal", text, StringComparison.Ordinal);
        Assert.Equal("", Asked(text).Body);
    }

    [Fact]
    public async Task Headers_are_bounded()
    {
        Assert.Equal(431, (await RawRequest.GetAsync(Address, "/products", $"X-Long: {new string('x', 20_000)}")).Status);
        Assert.Equal(431, (await RawRequest.GetAsync(Address, "/products", [.. Enumerable.Range(0, 120).Select(i => $"X-{i}: 1")])).Status);
        Assert.Equal(414, (await RawRequest.GetAsync(Address, $"/products?x={new string('x', 9_000)}")).Status);
    }

    [Fact]
    public async Task Who_sends_headers_drop_by_drop_is_given_up()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port, limit.Token);
        var stream = client.GetStream();
        await stream.WriteAsync("GET /products HTTP/1.1\r\nHost: shop\r\nX-Slow: "u8.ToArray(), limit.Token);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(limit.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_10_MB_is_a_413_and_no_service_hears_of_it()
    {
        var before = gateway.Services.Count;
        using var response = await gateway.Client.PostAsync("/auth/login", new ByteArrayContent(new byte[10 * 1024 * 1024]));

        Assert.Equal("body-too-large", await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
        Assert.Equal(before, gateway.Services.Count);
    }

    [Fact]
    public async Task A_body_in_chunks_is_cut_off_where_it_becomes_too_large()
    {
        using var request = gateway.Request(HttpMethod.Post, "/auth/login");
        request.Content = new ByteArrayContent(new byte[1001]);
        request.Headers.TransferEncodingChunked = true;
        using var response = await gateway.Client.SendAsync(request);

        Assert.Equal("body-too-large", await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_the_service_s_to_judge()
    {
        using var response = await gateway.Client.PostAsync("/auth/login", new ByteArrayContent([0xff, 0xfe, 0x00, 0x7b]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("POST", (await response.Content.ReadFromJsonAsync<FakeServices.Asked>())!.Method);
    }

    private static FakeServices.Asked Asked(string text)
    {
        var body = text[text.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];
        return JsonSerializer.Deserialize<FakeServices.Asked>(body[body.IndexOf('{', StringComparison.Ordinal)..(body.LastIndexOf('}') + 1)], JsonSerializerOptions.Web)!;
    }
}
