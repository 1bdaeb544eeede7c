using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Options;
using ShopFlow.Gateway;

namespace ShopFlow.Tests.Gateway;

/// <summary>What browsers ask of the edge: other origins, and compressed answers.</summary>
public sealed class BrowserTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "authorization,content-type,idempotency-key")]
    [InlineData("DELETE", "authorization")]
    public async Task A_page_of_the_shop_may_ask_for_anything(string method, string headers)
    {
        using var answer = await PreflightAsync(GatewayUnderTest.Shop, method, headers);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(GatewayUnderTest.Shop, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Contains(method, Header(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal(headers, Header(answer, "Access-Control-Allow-Headers"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("http://shop.example")]
    [InlineData("null")]
    public async Task A_page_of_another_origin_may_not(string origin)
    {
        using var preflight = await PreflightAsync(origin, "POST", "content-type");
        using var answer = await GetAsync("/orders/42", ("Origin", origin));

        Assert.Null(Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Null(Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/products?limit=1")]
    [InlineData("/orders/42")]
    [InlineData("/payments/42")]
    public async Task A_page_of_the_shop_sees_every_answer_and_its_headers(string path)
    {
        using var answer = await GetAsync(path, ("Origin", GatewayUnderTest.Shop));

        Assert.Equal(GatewayUnderTest.Shop, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Retry-After", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Contains("X-Correlation-Id", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_is_compressed_for_who_takes_it(string coding)
    {
        using var answer = await GetAsync("/orders/42", ("Accept-Encoding", coding));
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        await using Stream plain = coding is "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);

        Assert.Equal(coding, Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Equal("/orders/42", (await JsonDocument.ParseAsync(plain, cancellationToken: Cancelled)).RootElement.GetProperty("path").GetString());
    }

    [Fact]
    public async Task A_stream_is_not_compressed()
    {
        using var request = gateway.Request(HttpMethod.Get, "/orders/42/events");
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);

        Assert.DoesNotContain("br", answer.Content.Headers.ContentEncoding);
        gateway.Services.FirstEventSeen.TrySetResult();
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("ftp://shop.example")]
    [InlineData("*")]
    public void What_is_no_origin_stops_the_gateway_from_starting(string origin)
    {
        using var factory = new WebApplicationFactory<GatewayOptions>().WithWebHostBuilder(host => host.UseSetting("Gateway:AllowedOrigins:0", origin));

        var refusal = Assert.Throws<OptionsValidationException>(factory.StartServer);
        Assert.Contains("Gateway:AllowedOrigins", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin, string method, string headers)
    {
        using var request = gateway.Request(HttpMethod.Options, "/orders");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return await gateway.Client.SendAsync(request, Cancelled);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, (string Name, string Value) header)
    {
        using var request = gateway.Request(HttpMethod.Get, path);
        request.Headers.Add(header.Name, header.Value);
        return await gateway.Client.SendAsync(request, Cancelled);
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}
