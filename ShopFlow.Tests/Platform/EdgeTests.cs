using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aspire.Hosting.Testing;
using ShopFlow.Gateway.Caching;
using ShopFlow.Tests.Gateway;

namespace ShopFlow.Tests.Platform;

/// <summary>The gateway's cache before the real catalogue, and what its ports show.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class EdgeTests(RunningPlatform platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_comes_from_memory_once_it_was_asked_for()
    {
        // Two gateways take turns, and orders of other tests change the stock.
        await Eventually.TrueAsync(
            async () =>
            {
                using var list = await platform.Gateway.GetAsync("/products?limit=20", Cancelled);
                return CachingGateway.StatusOf(list) == "hit";
            },
            TimeSpan.FromSeconds(20),
            () => "no list comes from memory");
    }

    [Fact]
    public async Task An_admin_sees_what_they_changed_and_names_its_version_by_a_compressed_page()
    {
        using var newest = await platform.Gateway.GetAsync("/products?limit=1&sort=newest", Cancelled);
        var path = $"/products/{(await newest.JsonAsync()).GetProperty("products")[0].GetProperty("id").GetString()}";

        using var archived = await ChangeAsync(path, "archive", (await PageAsync(path)).Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, archived.StatusCode);
        await SeenByBothGatewaysAsync(path, HttpStatusCode.NotFound);

        using var restored = await ChangeAsync(path, "restore", archived.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, restored.StatusCode);
        await SeenByBothGatewaysAsync(path, HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_cache_knows_every_parameter_of_the_catalogue()
    {
        using var document = await platform.Gateway.GetAsync("/openapi.json", Cancelled);
        var paths = (await document.JsonAsync()).GetProperty("paths");

        Assert.Equal(ParametersOf("/products"), CacheTarget.ListParameters.Where(name => !name.EndsWith('.')).Order());
        Assert.Equal(ParametersOf("/products/{id}"), CacheTarget.ProductParameters.Order());

        IEnumerable<string> ParametersOf(string path) => paths.GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query")
            .Select(parameter => parameter.GetProperty("name").GetString()!)
            .Select(name => JsonNamingPolicy.CamelCase.ConvertName(name))
            .Order();
    }

    [Fact]
    public async Task Over_TLS_the_gateway_speaks_HTTP_2()
    {
        using var trusting = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" } };
        using var browser = new HttpClient(trusting)
        {
            BaseAddress = platform.App.GetEndpoint("gateway", "https"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Timeout = TimeSpan.FromSeconds(30),
        };

        using var answer = await browser.GetAsync("/products?limit=1", Cancelled);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Metrics_are_on_the_management_port_and_nothing_else_is()
    {
        using var management = platform.App.CreateHttpClient("gateway", "management");

        Assert.Contains("shopflow_gateway_cache_pages", await management.GetStringAsync("/metrics", Cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await management.GetAsync("/orders", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await platform.Gateway.GetAsync("/metrics", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task One_word_says_that_the_shop_is_well() => await Eventually.TrueAsync(
        async () => await platform.Gateway.GetStringAsync("/health/shop", Cancelled) == """{"status":"Healthy"}""",
        TimeSpan.FromSeconds(30),
        () => "the shop is not well");

    private async Task<HttpResponseMessage> PageAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");
        return await platform.Gateway.SendAsync(request, Cancelled);
    }

    private async Task<HttpResponseMessage> ChangeAsync(string path, string change, EntityTagHeaderValue version)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/{change}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await platform.AdminAsync(Cancelled)).Token);
        request.Headers.IfMatch.Add(version);
        return await platform.Gateway.SendAsync(request, Cancelled);
    }

    /// <summary>The one that the change went through shows it at once; the other hears of it over Redis.</summary>
    private Task SeenByBothGatewaysAsync(string path, HttpStatusCode status)
    {
        var inARow = 0;
        return Eventually.TrueAsync(
            async () =>
            {
                using var page = await PageAsync(path);
                inARow = page.StatusCode == status ? inARow + 1 : 0;
                return inARow == 10;
            },
            TimeSpan.FromSeconds(5),
            () => $"{path} is not {status} everywhere");
    }
}
