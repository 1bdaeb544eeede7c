using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.ServiceDefaults;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class AccessTokenTests : IAsyncLifetime
{
    private readonly TestTokens _tokens = new();
    private TestService _service = null!;

    public async ValueTask InitializeAsync()
        => _service = await TestService.StartAsync(
            app =>
            {
                app.MapGet("/me", (CurrentUser user) => new { user.Id, user.Username, user.IsAdmin }).RequireAuthorization();
                app.MapGet("/admin", () => "ok").RequireAuthorization(Policies.Admin);
                app.MapGet("/open", (CurrentUser user) => user.IsSignedIn);
            },
            builder => builder.Services.AddSingleton<IJwksSource>(_tokens));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_good_token_tells_who_calls()
    {
        using var response = await _service.GetWithTokenAsync("/me", _tokens.Issue());
        var me = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(TestTokens.UserId, me.GetProperty("id").GetString());
        Assert.Equal("anna", me.GetProperty("username").GetString());
        Assert.False(me.GetProperty("isAdmin").GetBoolean());
    }

    [Fact]
    public async Task An_audience_may_be_one_of_several()
        => Assert.Equal(HttpStatusCode.OK, await StatusOf("/me", _tokens.Issue(audience: new[] { "other", "shopflow" })));

    [Fact]
    public async Task An_expired_token_is_refused()
        => await AssertRefused(_tokens.Issue(expiresIn: TimeSpan.FromMinutes(-1)), "The token has expired.");

    [Fact]
    public async Task A_token_for_another_audience_is_refused()
        => await AssertRefused(_tokens.Issue(audience: "elsewhere"), "The token is for another audience.");

    [Fact]
    public async Task A_token_from_another_issuer_is_refused()
        => await AssertRefused(_tokens.Issue(issuer: "elsewhere"), "The token is from another issuer.");

    [Fact]
    public async Task A_token_without_signature_is_refused()
        => await AssertRefused(_tokens.IssueUnsigned(), "The token's algorithm is not ES256.");

    [Fact]
    public async Task A_token_signed_with_the_public_key_as_a_secret_is_refused()
        => await AssertRefused(_tokens.IssueWithPublicKeyAsSecret(), "The token's algorithm is not ES256.");

    [Fact]
    public async Task A_token_signed_with_another_key_under_a_known_id_is_refused()
    {
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await AssertRefused(_tokens.Issue(key: another), "The token's signature is wrong.");
    }

    [Fact]
    public async Task A_token_whose_payload_was_changed_is_refused()
    {
        var admin = _tokens.Issue(roles: ["admin"]).Split('.');
        var customer = _tokens.Issue().Split('.');

        await AssertRefused($"{customer[0]}.{admin[1]}.{customer[2]}", "The token's signature is wrong.");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    [InlineData("e30.e30.e30")]
    [InlineData("bnVsbA.bnVsbA.AAAA")]
    public async Task A_token_that_is_none_is_refused(string token) => await AssertRefused(token, "The token is malformed.");

    [Fact]
    public async Task Without_a_token_only_open_endpoints_answer()
    {
        using var open = await _service.Client.GetAsync("/open");
        using var closed = await _service.Client.GetAsync("/me");

        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        Assert.Equal("Bearer", closed.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task An_admin_endpoint_asks_for_the_role()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf("/admin", _tokens.Issue()));
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/admin", _tokens.Issue(roles: ["customer", "admin"])));
    }

    [Fact]
    public async Task While_the_keys_cannot_be_read_the_answer_is_503_and_then_recovers()
    {
        _tokens.Down = true;
        using var response = await _service.GetWithTokenAsync("/me", _tokens.Issue());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);

        _tokens.Down = false;
        await Eventually.TrueAsync(
            async () => await StatusOf("/me", _tokens.Issue()) == HttpStatusCode.OK,
            TimeSpan.FromSeconds(10),
            () => "the token is accepted once the keys can be read");
    }

    private async Task<HttpStatusCode> StatusOf(string path, string token)
    {
        using var response = await _service.GetWithTokenAsync(path, token);
        return response.StatusCode;
    }

    private async Task AssertRefused(string token, string reason)
    {
        using var response = await _service.GetWithTokenAsync("/me", token);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(AuthenticationHeaderValue.Parse("Bearer error=\"invalid_token\""), response.Headers.WwwAuthenticate.Single());
        Assert.Equal(reason, problem.GetProperty("detail").GetString());
    }
}
