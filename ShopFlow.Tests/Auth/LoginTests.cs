using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Sessions;

namespace ShopFlow.Tests.Auth;

public sealed class LoginTests(AuthUnderTest auth) : IClassFixture<AuthUnderTest>
{
    [Fact]
    public async Task The_right_password_signs_in_whatever_the_case_of_the_name()
    {
        var account = await auth.RegisterAsync();

        var response = await auth.LoginAsync(account.Username.ToUpperInvariant(), account.Password);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(account.Username, (await response.JsonAsync()).GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task The_first_admin_can_sign_in_and_is_an_admin()
    {
        var response = await auth.LoginAsync("admin", AuthUnderTest.AdminPassword);

        var roles = (await response.JsonAsync()).GetProperty("user").GetProperty("roles").EnumerateArray().Select(role => role.GetString());
        Assert.Contains("admin", roles);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        var account = await auth.RegisterAsync();

        var wrong = await auth.LoginAsync(account.Username, "not the password");
        var unknown = await auth.LoginAsync($"nobody-{Guid.NewGuid():N}", "not the password");

        Assert.Equal("wrong-credentials", await wrong.ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal("wrong-credentials", await unknown.ProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Wrong_passwords_in_a_row_lock_the_name_for_a_growing_time()
    {
        var account = await auth.RegisterAsync();
        await FailAsync(account.Username, times: 5);

        var locked = await auth.LoginAsync(account.Username, account.Password);
        Assert.Equal("too-many-requests", await locked.ProblemAsync(HttpStatusCode.TooManyRequests));
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 15);

        auth.Time.Advance(TimeSpan.FromSeconds(16));
        await FailAsync(account.Username, times: 1);

        var lockedLonger = await auth.LoginAsync(account.Username, account.Password);
        Assert.InRange(lockedLonger.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 16, 30);

        auth.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HttpStatusCode.OK, (await auth.LoginAsync(account.Username, account.Password)).StatusCode);

        // The right password has wiped the slate clean.
        await FailAsync(account.Username, times: 4);
        Assert.Equal(HttpStatusCode.OK, (await auth.LoginAsync(account.Username, account.Password)).StatusCode);
    }

    [Fact]
    public async Task A_name_without_an_account_is_locked_like_one_with()
    {
        var nobody = $"nobody-{Guid.NewGuid():N}";
        await FailAsync(nobody, times: 5);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await auth.LoginAsync(nobody, "whatever it is")).StatusCode);
    }

    [Fact]
    public async Task A_log_in_that_began_before_the_password_was_changed_gets_no_session()
    {
        var account = await auth.RegisterAsync();
        var name = account.Username.ToUpperInvariant();

        var started = await auth.WithServicesAsync(async services =>
        {
            var db = services.GetRequiredService<AuthDbContext>();
            var verified = await db.Users.AsNoTracking().SingleAsync(user => user.NormalizedUsername == name);

            await using var change = await db.Database.BeginTransactionAsync();
            await db.Users.Where(user => user.Id == verified.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.PasswordVersion, 1));
            // The log-in meets the row while it is being changed, and has to wait for the end of that.
            var login = auth.WithServicesAsync(other => other.GetRequiredService<SessionStore>().StartAsync(verified, null, default));
            await Eventually.TrueAsync(SomebodyWaitsForALockAsync, TimeSpan.FromSeconds(10), () => "the log-in did not wait");
            await change.CommitAsync();
            return await login;
        });

        Assert.Null(started);
    }

    [Fact]
    public async Task A_weaker_hash_is_replaced_at_the_next_log_in()
    {
        var account = await auth.RegisterAsync();
        var name = account.Username.ToUpperInvariant();
        var before = await HashAsync(name);

        await using var stronger = auth.Start(("Auth:HashingIterations", "2000"));
        using var client = stronger.CreateClient();
        var answer = await client.PostAsJsonAsync("/auth/login", new { username = account.Username, password = account.Password });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(before, await HashAsync(name));
        Assert.Equal(HttpStatusCode.OK, (await auth.LoginAsync(account.Username, account.Password)).StatusCode);
    }

    [Fact]
    public async Task Log_ins_at_once_all_succeed_while_a_hash_is_replaced()
    {
        var account = await auth.RegisterAsync();
        await using var stronger = auth.Start(("Auth:HashingIterations", "2000"));
        using var client = stronger.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            client.PostAsJsonAsync("/auth/login", new { username = account.Username, password = account.Password })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Theory]
    [InlineData(null, "password", "username")]
    [InlineData("somebody", null, "password")]
    [InlineData("some\0body", "password", "username")]
    [InlineData("", "", "password,username")]
    public async Task Every_wrong_field_is_named(string? username, string? password, string fields)
    {
        var response = await auth.Client.PostAsJsonAsync("/auth/login", new { username, password });

        Assert.Equal(fields.Split(','), await response.WrongFieldsAsync());
    }

    private Task<string> HashAsync(string normalizedUsername) =>
        auth.WithDbAsync(db => db.Users.Where(user => user.NormalizedUsername == normalizedUsername).Select(user => user.PasswordHash).SingleAsync());

    // On a connection of its own: a transaction goes on seeing the activity that it saw first.
    private Task<bool> SomebodyWaitsForALockAsync() => auth.WithDbAsync(db => db.Database.SqlQuery<bool>($"""
        SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS "Value"
        """).SingleAsync());

    private async Task FailAsync(string username, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await auth.LoginAsync(username, "not the password")).StatusCode);
    }
}
