using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Sessions;

namespace ShopFlow.Tests.Auth;

public sealed class RefreshTests(AuthUnderTest auth) : IClassFixture<AuthUnderTest>
{
    [Fact]
    public async Task A_refresh_token_is_exchanged_for_a_new_pair()
    {
        var account = await auth.RegisterAsync();

        var refreshed = await (await auth.RefreshAsync(account.RefreshToken)).JsonAsync();

        Assert.NotEqual(account.RefreshToken, refreshed.GetProperty("refreshToken").GetString());
        Assert.Equal(account.Username, refreshed.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal(HttpStatusCode.OK, (await auth.VerifyAsync(refreshed.GetProperty("token").GetString()!)).StatusCode);
    }

    [Fact]
    public async Task A_token_used_twice_ends_the_whole_session()
    {
        var account = await auth.RegisterAsync();
        var second = (await (await auth.RefreshAsync(account.RefreshToken)).JsonAsync()).GetProperty("refreshToken").GetString()!;

        Assert.Equal("invalid-refresh-token", await (await auth.RefreshAsync(account.RefreshToken)).ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(second)).StatusCode);
    }

    [Fact]
    public async Task Of_twins_with_one_token_one_wins_and_then_the_session_is_over()
    {
        var account = await auth.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => auth.RefreshAsync(account.RefreshToken)));

        var won = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        var next = (await won.JsonAsync()).GetProperty("refreshToken").GetString()!;
        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(next)).StatusCode);
    }

    [Fact]
    public async Task Another_session_of_the_same_user_lives_on()
    {
        var account = await auth.RegisterAsync();
        var other = (await (await auth.LoginAsync(account.Username, account.Password)).JsonAsync()).GetProperty("refreshToken").GetString()!;

        await auth.Client.PostAsJsonAsync("/auth/logout", new { refreshToken = account.RefreshToken });

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(account.RefreshToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await auth.RefreshAsync(other)).StatusCode);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var account = await auth.RegisterAsync();
        var hash = SecretToken.Hash(account.RefreshToken);
        await auth.WithDbAsync(db => db.RefreshTokens
            .Where(token => token.Hash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.ExpiresAt, auth.Time.GetUtcNow())));

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(account.RefreshToken)).StatusCode);
    }

    [Fact]
    public async Task The_database_never_sees_the_token_itself()
    {
        var account = await auth.RegisterAsync();

        var stored = await auth.WithDbAsync(db => db.RefreshTokens.AsNoTracking().ToListAsync());

        Assert.Contains(stored, token => token.Hash.SequenceEqual(SecretToken.Hash(account.RefreshToken)));
        Assert.All(stored, token => Assert.Equal(32, token.Hash.Length));
    }

    [Theory]
    [InlineData("/auth/refresh")]
    [InlineData("/auth/logout")]
    public async Task A_missing_token_is_named(string path) =>
        Assert.Equal(["refreshToken"], await (await auth.Client.PostAsJsonAsync(path, new { })).WrongFieldsAsync());
}
