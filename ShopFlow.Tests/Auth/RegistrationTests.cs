using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace ShopFlow.Tests.Auth;

public sealed class RegistrationTests(AuthUnderTest auth) : IClassFixture<AuthUnderTest>
{
    [Fact]
    public async Task A_new_user_is_signed_in_and_told_of_in_the_outbox()
    {
        var account = await auth.RegisterAsync();

        var user = account.SignedIn.GetProperty("user");
        Assert.Equal(account.Username, user.GetProperty("username").GetString());
        Assert.Equal(["customer"], user.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(900, account.SignedIn.GetProperty("expiresIn").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await auth.VerifyAsync(account.Token)).StatusCode);

        var pattern = $"%{account.Username}%";
        var published = await auth.WithDbAsync(db => db.Database
            .SqlQuery<string>($"select name as \"Value\" from outbox_messages where payload::text like {pattern}")
            .ToListAsync());
        Assert.Equal(["auth.user-registered"], published);
    }

    [Fact]
    public async Task A_name_that_differs_in_case_only_is_taken()
    {
        var account = await auth.RegisterAsync();

        var again = await RegisterAsync(account.Username.ToUpperInvariant(), "another password", "else@example.org");

        Assert.Equal("username-taken", await again.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Twins_that_register_at_once_make_one_user()
    {
        var username = $"twin-{Guid.NewGuid():N}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RegisterAsync(username, "a long password", "twin@example.org")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Nobody_can_take_the_name_admin() =>
        Assert.Equal(HttpStatusCode.Conflict, (await RegisterAsync("Admin", "a long password", "me@example.org")).StatusCode);

    [Theory]
    [InlineData("ab", "a long password", "me@example.org", "username")]
    [InlineData("with space", "a long password", "me@example.org", "username")]
    [InlineData("zero\0byte", "a long password", "me@example.org", "username")]
    [InlineData(null, "a long password", "me@example.org", "username")]
    [InlineData("good-name", "short", "me@example.org", "password")]
    [InlineData("good-name", "GOOD-NAME", "me@example.org", "password")]
    [InlineData("good-name", null, "me@example.org", "password")]
    [InlineData("good-name", "a long password", "no address", "email")]
    [InlineData("good-name", "a long password", "Me <me@example.org>", "email")]
    [InlineData("good-name", "a long password", null, "email")]
    [InlineData("", "", "", "email,password,username")]
    public async Task Every_wrong_field_is_named(string? username, string? password, string? email, string fields) =>
        Assert.Equal(fields.Split(','), await (await RegisterAsync(username, password, email)).WrongFieldsAsync());

    [Fact]
    public async Task A_password_may_be_long_but_not_endless()
    {
        Assert.Equal(HttpStatusCode.Created, (await RegisterAsync($"long-{Guid.NewGuid():N}", new string('ä', 128), "me@example.org")).StatusCode);
        Assert.Equal(["password"], await (await RegisterAsync("too-long", new string('a', 129), "me@example.org")).WrongFieldsAsync());
    }

    private Task<HttpResponseMessage> RegisterAsync(string? username, string? password, string? email) =>
        auth.Client.PostAsJsonAsync("/auth/register", new { username, password, email });
}
