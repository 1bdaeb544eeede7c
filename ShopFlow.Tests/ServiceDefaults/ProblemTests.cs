using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class ProblemTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async ValueTask InitializeAsync()
        => _service = await TestService.StartAsync(
            app =>
            {
                app.MapPost("/orders", (Order order) => Results.Ok(order));
                app.MapGet("/list", (int limit) => limit);
                app.MapGet("/boom", string () => throw new InvalidOperationException("the password is swordfish"));
                app.MapGet("/upstream", string () => throw new HttpRequestException("http://10.0.0.7 refused"));
                app.MapGet("/sold-out", () => Problems.Conflict("out-of-stock", "Only 2 are left."));
                app.MapGet("/busy", () => Problems.TooManyRequests(TimeSpan.FromSeconds(2.1), "Slow down."));
                app.MapGet("/slow", async (CancellationToken cancellationToken) => await Task.Delay(Timeout.Infinite, cancellationToken));
            },
            settings: new() { ["RequestLimits:Timeout"] = "00:00:00.300", ["RequestLimits:BodyBytes"] = "10000" });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("""{"items":[{"sku":"a","quantity":"two"}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":"a","quantity":1.5}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":"a","quantity":99999999999}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":"a"}]}""", "items[0].quantity")]
    [InlineData("""{"items":[{"sku":null,"quantity":1}]}""", "items[0].sku")]
    [InlineData("""{"items":"none"}""", "items")]
    [InlineData("""{"items":null}""", "items")]
    [InlineData("""{"speed":"Slow"}""", "items")]
    [InlineData("""{"items":[],"speed":"Warp"}""", "speed")]
    [InlineData("""{"items":[],"speed":1}""", "speed")]
    public async Task A_wrong_field_is_named(string body, string field)
    {
        var problem = await AssertProblem(await PostAsync(body), HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Theory]
    [InlineData("""{"items":[""")]
    [InlineData("items=1")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_body_that_is_no_order_is_a_bad_request(string body)
        => await AssertProblem(await PostAsync(body), HttpStatusCode.BadRequest, "invalid-request");

    [Fact]
    public async Task Unknown_members_and_missing_optional_ones_are_fine()
    {
        using var response = await PostAsync("""{"items":[{"sku":"a","quantity":1}],"colour":"red"}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Invalid_text_is_a_bad_request()
    {
        using var content = new ByteArrayContent([.. """{"items":[{"quantity":1,"sku":" """u8, 0xFF, 0xFE, .. "\"}]}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        await AssertProblem(await _service.Client.PostAsync("/orders", content), HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task Another_content_type_is_refused()
        => await AssertProblem(await PostAsync("x", "text/plain"), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Fact]
    public async Task A_large_body_is_refused()
        => await AssertProblem(await PostAsync($$"""{"items":[],"email":"{{new string('x', 20_000)}}"}"""), HttpStatusCode.RequestEntityTooLarge, "too-large");

    [Fact]
    public async Task A_wrong_query_parameter_is_named()
    {
        var problem = await AssertProblem(await _service.Client.GetAsync("/list?limit=many"), HttpStatusCode.BadRequest, "invalid-request");
        Assert.True(problem.GetProperty("errors").TryGetProperty("limit", out _));
    }

    [Fact]
    public async Task An_unknown_address_is_not_found()
        => await AssertProblem(await _service.Client.GetAsync("/nothing"), HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task Another_method_is_not_allowed()
        => await AssertProblem(await _service.Client.DeleteAsync("/orders"), HttpStatusCode.MethodNotAllowed, "method-not-allowed");

    [Theory]
    [InlineData("/boom", HttpStatusCode.InternalServerError, "internal-error", "swordfish")]
    [InlineData("/upstream", HttpStatusCode.BadGateway, "bad-gateway", "10.0.0.7")]
    public async Task What_went_wrong_inside_is_not_told(string path, HttpStatusCode status, string type, string secret)
    {
        using var response = await _service.Client.GetAsync(path);

        await AssertProblem(response, status, type);
        Assert.DoesNotContain(secret, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up()
        => await AssertProblem(await _service.Client.GetAsync("/slow"), HttpStatusCode.GatewayTimeout, "timeout");

    [Fact]
    public async Task A_problem_of_a_service_keeps_its_words()
    {
        var problem = await AssertProblem(await _service.Client.GetAsync("/sold-out"), HttpStatusCode.Conflict, "out-of-stock");

        Assert.Equal("Out of stock", problem.GetProperty("title").GetString());
        Assert.Equal("Only 2 are left.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Retry_after_is_a_header_in_whole_seconds()
    {
        using var response = await _service.Client.GetAsync("/busy");

        await AssertProblem(response, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(TimeSpan.FromSeconds(3), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_client_that_wants_no_json_gets_the_problem_all_the_same()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing") { Headers = { { "Accept", "text/html" } } };
        await AssertProblem(await _service.Client.SendAsync(request), HttpStatusCode.NotFound, "not-found");
    }

    private Task<HttpResponseMessage> PostAsync(string body, string contentType = "application/json")
        => _service.Client.PostAsync("/orders", new StringContent(body, Encoding.UTF8, contentType));

    private static async Task<JsonElement> AssertProblem(HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("https://shopflow.example/problems/" + type, problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Matches("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString());
        return problem;
    }

    private sealed record Order(IReadOnlyList<Item> Items, string? Email, Speed Speed = Speed.Slow);

    private sealed record Item(string Sku, int Quantity);

    private enum Speed
    {
        Slow,
        Fast,
    }
}
