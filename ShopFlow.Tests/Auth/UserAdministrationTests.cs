using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Auth;

/// <summary>Each test has a service of its own, because they change who is an admin.</summary>
public sealed class UserAdministrationTests(PostgresServer postgres) : IAsyncLifetime
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
    public async Task Users_are_listed_in_pages_without_gaps()
    {
        for (var i = 0; i < 4; i++)
            await _auth.RegisterAsync();

        var (names, next) = (new List<string>(), "");
        do
        {
            var page = await (await SendAsync(HttpMethod.Get, $"/admin/users?limit=2{next}")).JsonAsync();
            names.AddRange(page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("username").GetString()!));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.String } id ? $"&next={id}" : null;
            Assert.Equal(5, page.GetProperty("total").GetInt32());
        }
        while (next is not null);

        Assert.Equal(5, names.Distinct().Count());
        Assert.Equal(5, names.Count);
    }

    [Fact]
    public async Task Among_many_users_a_part_of_a_name_or_an_address_is_found_by_an_index()
    {
        await _auth.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("""
            insert into users (id, username, normalized_username, email, password_hash, password_version, roles, created_at)
            select gen_random_uuid(), 'user' || n, 'USER' || n, md5(n::text) || '@example.com', 'x', 0, '{{customer}}', now() from generate_series(1, 50000) as n;
            update users set email = 'Anna.Meier@example.org' where username = 'user40000'
            """));
        await _auth.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("vacuum analyze users"));

        foreach (var query in (string[])["ser40000", "na.mei"])
        {
            var found = await (await SendAsync(HttpMethod.Get, $"/admin/users?query={query}")).JsonAsync();
            Assert.Equal("user40000", Assert.Single(found.GetProperty("users").EnumerateArray()).GetProperty("username").GetString());
        }

        await Eventually.TrueAsync(
            () => _auth.WithDbAsync(async db => await db.Database
                .SqlQuery<long>($"select idx_scan as \"Value\" from pg_stat_user_indexes where indexrelname = 'ix_users_username_email'")
                .SingleOrDefaultAsync() > 0),
            TimeSpan.FromSeconds(20),
            () => "the index is not used");
    }

    [Fact]
    public async Task A_locked_name_is_listed_and_can_be_unlocked()
    {
        var account = await _auth.RegisterAsync();
        for (var i = 0; i < 5; i++)
            await _auth.LoginAsync(account.Username, "not the password");

        var locked = await (await SendAsync(HttpMethod.Get, "/admin/users?locked=true")).JsonAsync();
        var user = Assert.Single(locked.GetProperty("users").EnumerateArray());
        Assert.Equal(account.Username, user.GetProperty("username").GetString());

        Assert.NotEqual(JsonValueKind.Null, user.GetProperty("lockedUntil").ValueKind);
        Assert.Equal(5, (await DetailsAsync(user.GetProperty("id").GetGuid())).GetProperty("wrongPasswords").GetInt32());

        Assert.Equal(HttpStatusCode.NoContent, await UnlockAsync(user.GetProperty("id").GetGuid()));
        Assert.Equal(HttpStatusCode.OK, (await _auth.LoginAsync(account.Username, account.Password)).StatusCode);
    }

    [Fact]
    public async Task New_roles_are_in_the_token_after_the_next_refresh()
    {
        var account = await _auth.RegisterAsync();

        var response = await SetRolesAsync(Id(account.SignedIn), ["customer", "admin"]);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var roles = (await (await _auth.RefreshAsync(account.RefreshToken)).JsonAsync()).GetProperty("user").GetProperty("roles");
        Assert.Equal(["customer", "admin"], roles.EnumerateArray().Select(role => role.GetString()!));
    }

    [Fact]
    public async Task The_last_admin_stays_one()
    {
        Assert.Equal("last-admin", await (await SetRolesAsync(Id(_admin), ["customer"])).ProblemAsync(HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Two_admins_who_depose_each_other_leave_one()
    {
        var second = Id((await _auth.RegisterAsync()).SignedIn);
        await SetRolesAsync(second, ["admin"]);

        var answers = await Task.WhenAll(SetRolesAsync(second, ["customer"]), SetRolesAsync(Id(_admin), ["customer"]));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_rotated_key_takes_over_and_every_replica_takes_older_tokens_too()
    {
        var first = await (await SendAsync(HttpMethod.Post, "/admin/signing-keys/rotate")).JsonAsync();
        var again = await (await SendAsync(HttpMethod.Post, "/admin/signing-keys/rotate")).JsonAsync();
        Assert.Equal(first.GetProperty("kid").GetString(), again.GetProperty("kid").GetString());

        _auth.Time.Advance(TimeSpan.FromMinutes(2.5));
        var account = await _auth.RegisterAsync();

        Assert.Equal(first.GetProperty("kid").GetString(), Kid(account.Token));
        await using var replica = _auth.Start();
        var elsewhere = replica.CreateClient();
        foreach (var token in (string[])[account.Token, _admin.GetProperty("token").GetString()!])
        {
            elsewhere.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/auth/me")).StatusCode);
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"roles":[]}""")]
    [InlineData("""{"roles":["owner"]}""")]
    [InlineData("""{"roles":["admin","admin"]}""")]
    [InlineData("""{"roles":[null]}""")]
    public async Task Roles_that_do_not_exist_are_refused(string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        var response = await SendAsync(HttpMethod.Put, $"/admin/users/{Id(_admin)}/roles", content);

        Assert.Equal(["roles"], (await response.WrongFieldsAsync()).Select(field => field[..5]));
    }

    [Theory]
    [InlineData("GET", "/admin/users?limit=0", 400)]
    [InlineData("GET", "/admin/users?limit=9999999999", 400)]
    [InlineData("GET", "/admin/users?next=none", 400)]
    [InlineData("GET", "/admin/users?query=", 400)]
    [InlineData("GET", "/admin/users?query=a%00b", 400)]
    [InlineData("GET", "/admin/users/0198c0de-0000-7000-8000-000000000000", 404)]
    [InlineData("DELETE", "/admin/users/0198c0de-0000-7000-8000-000000000000/sessions", 404)]
    [InlineData("DELETE", "/admin/users/nobody/sessions", 404)]
    public async Task Bad_input_is_refused(string method, string path, int status) =>
        Assert.Equal(status, (int)(await SendAsync(new(method), path)).StatusCode);

    [Theory]
    [InlineData("GET", "/admin/users")]
    [InlineData("POST", "/admin/signing-keys/rotate")]
    public async Task Customers_are_kept_out(string method, string path)
    {
        var account = await _auth.RegisterAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(new(method), path, token: account.Token)).StatusCode);
    }

    [Theory]
    [InlineData("POST", "lock", """{}""")]
    [InlineData("POST", "lock", """{"reason":"  "}""")]
    [InlineData("POST", "unlock", """{"reason":"a\u0000b"}""")]
    public async Task A_lock_needs_a_reason(string method, string what, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        var response = await SendAsync(new(method), $"/admin/users/{Id(_admin)}/{what}", content);

        Assert.Equal(["reason"], await response.WrongFieldsAsync());
    }

    private static Guid Id(JsonElement signedIn) => signedIn.GetProperty("user").GetProperty("id").GetGuid();

    private static string Kid(string token)
    {
        var header = System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal)));
        return JsonDocument.Parse(header).RootElement.GetProperty("kid").GetString()!;
    }

    private async Task<JsonElement> DetailsAsync(Guid id) => await (await SendAsync(HttpMethod.Get, $"/admin/users/{id}")).JsonAsync();

    private async Task<HttpStatusCode> UnlockAsync(Guid id) =>
        (await SendAsync(HttpMethod.Post, $"/admin/users/{id}/unlock", JsonContent.Create(new { reason = "it was him" }))).StatusCode;

    private Task<HttpResponseMessage> SetRolesAsync(Guid id, string[] roles) =>
        SendAsync(HttpMethod.Put, $"/admin/users/{id}/roles", JsonContent.Create(new { roles }));

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? _admin.GetProperty("token").GetString());
        return _auth.Client.SendAsync(request);
    }
}
