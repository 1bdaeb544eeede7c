using System.Net;
using System.Net.Http.Json;

namespace ShopFlow.Tests.Gateway;

public sealed class EdgeTests(GatewayUnderTest gateway) : IClassFixture<GatewayUnderTest>
{
    [Theory]
    [InlineData("/payments/42", null, HttpStatusCode.Unauthorized)]
    [InlineData("/notifications", null, HttpStatusCode.Unauthorized)]
    [InlineData("/auth/me", null, HttpStatusCode.Unauthorized)]
    [InlineData("/admin/stock/SKU-1", null, HttpStatusCode.Unauthorized)]
    [InlineData("/admin/stock/SKU-1", "customer", HttpStatusCode.Forbidden)]
    [InlineData("/admin/orders", "customer", HttpStatusCode.Forbidden)]
    [InlineData("/admin/rates", null, HttpStatusCode.Unauthorized)]
    public async Task Who_may_not_is_stopped_at_the_edge(string path, string? role, HttpStatusCode status) =>
        await (await gateway.GetAsync(path, role)).ProblemAsync(status);

    [Fact]
    public async Task A_token_of_somebody_elses_making_is_stopped_at_the_edge()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/notifications");
        request.Headers.Authorization = new("Bearer", new Auth.TestTokens().Issue("admin"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Headers_by_which_a_client_claims_to_be_somebody_are_dropped()
    {
        var request = gateway.Request(HttpMethod.Get, "/products");
        request.Headers.Add("X-User-Id", "42");
        request.Headers.Add("x-forwarded-user", "admin");
        request.Headers.Add("X-Harmless", "yes");

        var asked = await AskedAsync(request);

        Assert.DoesNotContain(asked.Headers.Keys, name => name.Contains("User-Id", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(asked.Headers.Keys, name => name.Contains("forwarded-user", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("yes", asked.Headers["X-Harmless"]);
    }

    [Fact]
    public async Task A_trace_goes_on_behind_the_gateway()
    {
        var request = gateway.Request(HttpMethod.Get, "/products");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", (await AskedAsync(request)).Headers["traceparent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order-42", true)]
    [InlineData("with space", false)]
    [InlineData("<script>", false)]
    public async Task A_harmless_correlation_id_is_kept_and_another_replaced(string given, bool isKept)
    {
        var request = gateway.Request(HttpMethod.Get, "/products");
        request.Headers.TryAddWithoutValidation("X-Correlation-Id", given);

        var response = await gateway.Client.SendAsync(request);
        var returned = response.Headers.GetValues("X-Correlation-Id").Single();
        var asked = await response.Content.ReadFromJsonAsync<FakeServices.Asked>();

        Assert.Equal(isKept, returned == given);
        Assert.Equal(returned, asked!.Headers["X-Correlation-Id"]);
    }

    [Theory]
    [InlineData("/products")]
    [InlineData("/nothing")]
    [InlineData("/")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        var headers = (await gateway.GetAsync(path)).Headers;

        Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(headers.Contains("Server"));
    }

    [Fact]
    public async Task A_service_that_is_away_is_a_502_that_names_it()
    {
        var response = await gateway.GetAsync("/payments/42", "customer");

        Assert.Equal("bad-gateway", await response.ProblemAsync(HttpStatusCode.BadGateway));
        Assert.Contains("payments", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_too_slow_is_a_504() =>
        Assert.Equal("gateway-timeout", await (await gateway.GetAsync("/categories")).ProblemAsync(HttpStatusCode.GatewayTimeout));

    [Fact]
    public async Task A_body_that_is_too_large_is_a_413()
    {
        var request = gateway.Request(HttpMethod.Post, "/orders", "customer");
        request.Content = new StringContent(new string('x', 1001));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await gateway.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_of_products_may_be_larger_than_other_bodies(bool chunked)
    {
        var request = gateway.Request(HttpMethod.Post, "/admin/products/import", "admin");
        request.Content = new StringContent(new string('x', 2_000_000));
        request.Headers.TransferEncodingChunked = chunked;

        Assert.Equal(2_000_000, (await AskedAsync(request)).Body.Length);
    }

    [Fact]
    public async Task A_stream_of_events_arrives_event_by_event_and_outlives_the_time_limit()
    {
        var request = gateway.Request(HttpMethod.Get, "/orders/42/events", "customer");
        var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("data: first", await events.ReadLineAsync(limit.Token));

        gateway.Services.FirstEventSeen.SetResult();
        Assert.Equal("", await events.ReadLineAsync(limit.Token));
        Assert.Equal("data: second", await events.ReadLineAsync(limit.Token));
    }

    private async Task<FakeServices.Asked> AskedAsync(HttpRequestMessage request) =>
        (await (await gateway.Client.SendAsync(request)).Content.ReadFromJsonAsync<FakeServices.Asked>())!;
}
