using System.Net;
using System.Net.Http.Json;

namespace ShopFlow.Tests.Gateway;

public sealed class RoutingTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    [Theory]
    [InlineData("/auth/login")]
    [InlineData("/products")]
    [InlineData("/products?limit=3&category=shoes")]
    [InlineData("/products/42")]
    [InlineData("/images/42.svg")]
    [InlineData("/search?q=kettle")]
    [InlineData("/search/suggestions?q=ket")]
    [InlineData("/auth/me", "customer")]
    [InlineData("/orders", "customer")]
    [InlineData("/orders/42", "customer")]
    [InlineData("/orders/42")]
    [InlineData("/checkout/quote")]
    [InlineData("/admin/orders/42", "admin")]
    [InlineData("/admin/rates", "admin")]
    [InlineData("/admin/search/rebuild", "admin")]
    [InlineData("/admin/promotions/42/end", "admin")]
    [InlineData("/notifications", "customer")]
    [InlineData("/recommendations?productId=42")]
    [InlineData("/recommendations/popular?category=shoes")]
    [InlineData("/admin/recommendations/rebuild", "admin")]
    [InlineData("/admin/stock/SKU-1", "admin")]
    public async Task A_public_path_reaches_its_service_unchanged(string path, string? role = null)
    {
        var response = await gateway.GetAsync(path, role);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(path, (await AskedAsync(response)).Path);
    }

    [Theory]
    [InlineData("/catalog?limit=3", "/products?limit=3")]
    [InlineData("/catalog/health", "/health")]
    [InlineData("/auth/health", "/health")]
    [InlineData("/orders/health", "/health")]
    public async Task An_alias_reaches_the_path_that_the_service_knows(string path, string target) =>
        Assert.Equal(target, (await AskedAsync(await gateway.GetAsync(path))).Path);

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/internal/prices")]
    [InlineData("/products/../internal/prices")]
    [InlineData("/catalog/metrics")]
    [InlineData("/catalog/internal/prices")]
    [InlineData("/v1/payments")]
    public async Task What_is_not_public_is_a_404(string path)
    {
        var response = await gateway.GetAsync(path, "admin");

        Assert.Equal("not-found", await response.ProblemAsync(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_body_is_passed_on_as_it_is()
    {
        var request = gateway.Request(HttpMethod.Post, "/orders", "customer");
        request.Content = JsonContent.Create(new { quantity = 3 });

        var asked = await AskedAsync(await gateway.Client.SendAsync(request));

        Assert.Equal(("POST", """{"quantity":3}"""), (asked.Method, asked.Body));
    }

    [Fact]
    public async Task The_bare_address_says_where_to_go()
    {
        var links = (await (await gateway.GetAsync("/")).JsonAsync()).GetProperty("links");

        Assert.Equal("/products", links.GetProperty("products").GetString());
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync(links.GetProperty("documentation").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task The_documentation_page_shows_the_one_document() =>
        Assert.Contains("/openapi.json", await (await gateway.GetAsync("/docs/index.js")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task While_a_service_is_away_there_is_no_document()
    {
        var answer = await gateway.GetAsync("/openapi.json");

        Assert.Equal("unavailable", await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable));
    }

    private static async Task<FakeServices.Asked> AskedAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<FakeServices.Asked>())!;
}
