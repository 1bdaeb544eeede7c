using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Tests.Auth;

public sealed class TokenTests(AuthUnderTest auth) : IClassFixture<AuthUnderTest>
{
    [Fact]
    public async Task A_token_names_a_key_of_the_published_set_and_says_who_for_how_long()
    {
        var account = await auth.RegisterAsync();
        var header = Part(account.Token, 0);
        var claims = Part(account.Token, 1);

        var jwks = await auth.Client.GetAsync("/.well-known/jwks.json");
        var kids = (await jwks.JsonAsync()).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString());

        Assert.Equal("ES256", (string?)header["alg"]);
        Assert.Contains((string?)header["kid"], kids);
        Assert.True(jwks.Headers.CacheControl!.Public);
        Assert.Equal(("shopflow", "shopflow", account.Username), ((string?)claims["iss"], (string?)claims["aud"], (string?)claims["name"]));
        Assert.Equal(account.SignedIn.GetProperty("user").GetProperty("id").GetString(), (string?)claims["sub"]);
        Assert.Equal(900, (long)claims["exp"]! - (long)claims["iat"]!);
    }

    [Fact]
    public async Task Verify_says_whose_token_it_is()
    {
        var account = await auth.RegisterAsync();

        var verified = await (await auth.VerifyAsync(account.Token)).JsonAsync();

        Assert.True(verified.GetProperty("valid").GetBoolean());
        Assert.Equal(account.Username, verified.GetProperty("user").GetProperty("username").GetString());
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("kid", "another")]
    public async Task A_changed_header_is_refused(string member, string value)
    {
        var parts = (await auth.RegisterAsync()).Token.Split('.');
        var header = Part(string.Join('.', parts), 0);
        header[member] = value;

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.VerifyAsync($"{Encode(header)}.{parts[1]}.{parts[2]}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.VerifyAsync($"{Encode(header)}.{parts[1]}.")).StatusCode);
    }

    [Fact]
    public async Task A_changed_role_is_refused()
    {
        var parts = (await auth.RegisterAsync()).Token.Split('.');
        var claims = Part(string.Join('.', parts), 1);
        claims["role"] = new JsonArray("customer", "admin");

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.VerifyAsync($"{parts[0]}.{Encode(claims)}.{parts[2]}")).StatusCode);
    }

    [Fact]
    public async Task No_token_is_refused() => Assert.Equal(HttpStatusCode.Unauthorized, (await auth.Client.PostAsync("/auth/verify", null)).StatusCode);

    [Fact]
    public async Task Migrations_match_the_model() => Assert.False(await auth.WithDbAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));

    private static JsonObject Part(string token, int index) =>
        JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[index])))!.AsObject();

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
