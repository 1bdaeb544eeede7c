using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Auth;

/// <summary>Each test has a service of its own, because they lock administrators.</summary>
public sealed class UserLockTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly AuthUnderTest _auth = new(postgres);
    private JsonElement _admin;

    public async ValueTask InitializeAsync()
    {
        await _auth.InitializeAsync();
        _admin = await (await _auth.LoginAsync("admin", AuthUnderTest.AdminPassword)).JsonAsync();
    }

    public ValueTask DisposeAsync() => _auth.DisposeAsync();

    [Fact]
    public async Task A_locked_user_is_out_at_once_and_in_again_when_unlocked()
    {
        var account = await _auth.RegisterAsync();
        var id = Id(account.SignedIn);

        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(id, "lock"));

        Assert.Equal("invalid-refresh-token", await (await _auth.RefreshAsync(account.RefreshToken)).ProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal("account-locked", await (await _auth.LoginAsync(account.Username, account.Password)).ProblemAsync(HttpStatusCode.Forbidden));
        var newPassword = new { currentPassword = account.Password, newPassword = "another long password" };
        Assert.Equal("account-locked", await (await SendAsync(HttpMethod.Post, "/auth/password", newPassword, account.Token)).ProblemAsync(HttpStatusCode.Forbidden));
        var details = await GetAsync($"/admin/users/{id}");
        Assert.Equal("stolen cards", details.GetProperty("lockReason").GetString());
        Assert.Equal(0, details.GetProperty("sessions").GetArrayLength());
        Assert.Equal([id], Ids(await GetAsync("/admin/users?locked=true")));

        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(id, "unlock"));
        Assert.Equal(HttpStatusCode.OK, (await _auth.LoginAsync(account.Username, account.Password)).StatusCode);
        Assert.Empty(Ids(await GetAsync("/admin/users?locked=true")));
    }

    [Fact]
    public async Task Who_does_not_know_the_password_is_not_told_of_the_lock()
    {
        var account = await _auth.RegisterAsync();
        await ChangeAsync(Id(account.SignedIn), "lock");

        Assert.Equal("wrong-credentials", await (await _auth.LoginAsync(account.Username, "not the password")).ProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task A_log_in_beside_a_lock_leaves_no_session()
    {
        for (var round = 0; round < 5; round++)
        {
            var account = await _auth.RegisterAsync();
            var id = Id(account.SignedIn);

            var logIns = Enumerable.Range(0, 3).Select(_ => _auth.LoginAsync(account.Username, account.Password)).ToList();
            await ChangeAsync(id, "lock");
            await Task.WhenAll(logIns);

            Assert.Equal(0, (await GetAsync($"/admin/users/{id}")).GetProperty("sessions").GetArrayLength());
        }
    }

    [Fact]
    public async Task The_last_admin_who_can_sign_in_is_not_locked()
    {
        var second = Id((await _auth.RegisterAsync()).SignedIn);
        await SendAsync(HttpMethod.Put, $"/admin/users/{second}/roles", new { roles = new[] { "admin" } });

        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(second, "lock"));

        using var locking = await SendAsync(HttpMethod.Post, $"/admin/users/{Id(_admin)}/lock", new { reason = "holidays" });
        Assert.Equal("last-admin", await locking.ProblemAsync(HttpStatusCode.Conflict));
        using var deposing = await SendAsync(HttpMethod.Put, $"/admin/users/{Id(_admin)}/roles", new { roles = new[] { "customer" } });
        Assert.Equal("last-admin", await deposing.ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task An_admin_signs_a_user_out_everywhere()
    {
        var account = await _auth.RegisterAsync();
        await _auth.LoginAsync(account.Username, account.Password);
        var id = Id(account.SignedIn);
        Assert.Equal(2, (await GetAsync($"/admin/users/{id}")).GetProperty("sessions").GetArrayLength());

        using var ended = await SendAsync(HttpMethod.Delete, $"/admin/users/{id}/sessions");

        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _auth.RefreshAsync(account.RefreshToken)).StatusCode);
        Assert.Equal(0, (await GetAsync($"/admin/users/{id}")).GetProperty("sessions").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, (await _auth.LoginAsync(account.Username, account.Password)).StatusCode);
    }

    [Fact]
    public async Task Users_are_found_by_a_part_of_their_name_or_address()
    {
        var account = await _auth.RegisterAsync();
        await _auth.RegisterAsync();
        var id = Id(account.SignedIn);

        Assert.Equal([id], Ids(await GetAsync($"/admin/users?query={account.Username[5..20].ToUpperInvariant()}")));
        Assert.Equal(2, (await GetAsync("/admin/users?query=someone%40example.org&limit=1")).GetProperty("total").GetInt32());
        Assert.Empty(Ids(await GetAsync("/admin/users?query=%25")));
    }

    [Fact]
    public async Task The_last_sign_in_is_when_the_password_was_last_given()
    {
        var account = await _auth.RegisterAsync();
        var path = $"/admin/users/{Id(account.SignedIn)}";
        var first = (await GetAsync(path)).GetProperty("user").GetProperty("lastSignInAt").GetDateTimeOffset();

        _auth.Time.Advance(TimeSpan.FromMinutes(5));
        await _auth.LoginAsync(account.Username, account.Password);

        var second = (await GetAsync(path)).GetProperty("user").GetProperty("lastSignInAt").GetDateTimeOffset();
        Assert.InRange(second - first, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }

    private static Guid Id(JsonElement signedIn) => signedIn.GetProperty("user").GetProperty("id").GetGuid();

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("id").GetGuid());

    private async Task<HttpStatusCode> ChangeAsync(Guid id, string what)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"/admin/users/{id}/{what}", new { reason = "stolen cards" });
        return answer.StatusCode;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _admin.GetProperty("token").GetString());
        return _auth.Client.SendAsync(request);
    }
}
