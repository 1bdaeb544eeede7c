using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ShopFlow.Tests.Auth;

public sealed class SessionTests(AuthUnderTest auth) : IClassFixture<AuthUnderTest>
{
    [Fact]
    public async Task Sessions_are_listed_with_the_device_and_the_one_that_asks()
    {
        var account = await auth.RegisterAsync();
        await LoginAsync(account, userAgent: "Telephone/1.0");

        var sessions = await ListAsync(account.Token);

        Assert.Equal(2, sessions.Count);
        var other = Assert.Single(sessions, session => !session.GetProperty("current").GetBoolean());
        Assert.Equal("Telephone/1.0", other.GetProperty("userAgent").GetString());
    }

    [Fact]
    public async Task The_last_use_of_a_session_is_its_last_refresh()
    {
        var account = await auth.RegisterAsync();
        auth.Time.Advance(TimeSpan.FromMinutes(5));
        var token = (await (await auth.RefreshAsync(account.RefreshToken)).JsonAsync()).GetProperty("token").GetString()!;

        var session = Assert.Single(await ListAsync(token));

        var idle = session.GetProperty("lastUsedAt").GetDateTimeOffset() - session.GetProperty("createdAt").GetDateTimeOffset();
        Assert.InRange(idle, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task A_revoked_session_gets_no_more_tokens_and_the_others_live_on()
    {
        var account = await auth.RegisterAsync();
        var other = await LoginAsync(account);
        var id = (await ListAsync(account.Token)).Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, $"/auth/sessions/{id}", account.Token)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(other)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await auth.RefreshAsync(account.RefreshToken)).StatusCode);
        Assert.Single(await ListAsync(account.Token));
    }

    [Fact]
    public async Task All_sessions_end_at_once()
    {
        var account = await auth.RegisterAsync();
        var other = await LoginAsync(account);

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, "/auth/sessions", account.Token)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(other)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(account.RefreshToken)).StatusCode);
    }

    [Fact]
    public async Task Another_users_session_cannot_be_revoked()
    {
        var (account, stranger) = (await auth.RegisterAsync(), await auth.RegisterAsync());
        var id = Assert.Single(await ListAsync(account.Token)).GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, $"/auth/sessions/{id}", stranger.Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await auth.RefreshAsync(account.RefreshToken)).StatusCode);
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_ends_the_other_sessions()
    {
        var account = await auth.RegisterAsync();
        var other = await LoginAsync(account);

        var response = await ChangePasswordAsync(account.Token, account.Password, "quite another password");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.RefreshAsync(other)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await auth.RefreshAsync(account.RefreshToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.LoginAsync(account.Username, account.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await auth.LoginAsync(account.Username, "quite another password")).StatusCode);
    }

    [Fact]
    public async Task Of_two_password_changes_at_once_one_wins()
    {
        var account = await auth.RegisterAsync();

        var answers = await Task.WhenAll(
            ChangePasswordAsync(account.Token, account.Password, "the first new password"),
            ChangePasswordAsync(account.Token, account.Password, "the second new password"));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Guessing_the_current_password_locks_the_name()
    {
        var account = await auth.RegisterAsync();

        for (var i = 0; i < 5; i++)
            Assert.Equal("wrong-password", await (await ChangePasswordAsync(account.Token, "a guess", "a new password")).ProblemAsync(HttpStatusCode.UnprocessableEntity));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ChangePasswordAsync(account.Token, account.Password, "a new password")).StatusCode);
    }

    [Theory]
    [InlineData(null, "a new password", "currentPassword")]
    [InlineData("the old one", "short", "newPassword")]
    [InlineData("", null, "currentPassword,newPassword")]
    public async Task Every_wrong_field_of_a_password_change_is_named(string? current, string? next, string fields)
    {
        var account = await auth.RegisterAsync();

        Assert.Equal(fields.Split(','), await (await ChangePasswordAsync(account.Token, current, next)).WrongFieldsAsync());
    }

    [Theory]
    [InlineData("GET", "/auth/sessions")]
    [InlineData("DELETE", "/auth/sessions")]
    [InlineData("POST", "/auth/password")]
    public async Task Nobody_without_a_token_gets_in(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);

        Assert.Equal(HttpStatusCode.Unauthorized, (await auth.Client.SendAsync(request)).StatusCode);
    }

    private async Task<string> LoginAsync(AuthUnderTest.Account account, string userAgent = "Browser/1.0")
    {
        var credentials = JsonContent.Create(new { username = account.Username, password = account.Password });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login") { Content = credentials };
        request.Headers.UserAgent.ParseAdd(userAgent);

        return (await (await auth.Client.SendAsync(request)).JsonAsync()).GetProperty("refreshToken").GetString()!;
    }

    private async Task<List<JsonElement>> ListAsync(string token) =>
        [.. (await (await SendAsync(HttpMethod.Get, "/auth/sessions", token)).JsonAsync()).GetProperty("sessions").EnumerateArray()];

    private Task<HttpResponseMessage> ChangePasswordAsync(string token, string? currentPassword, string? newPassword) =>
        SendAsync(HttpMethod.Post, "/auth/password", token, new { currentPassword, newPassword });

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string token, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return auth.Client.SendAsync(request);
    }
}
