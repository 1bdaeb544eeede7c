using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopFlow.Contracts;
using ShopFlow.Messaging;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Auth;

public sealed class PasswordResetTests(PostgresServer postgres) : AuthUnderTest(postgres)
{
    private const string NewPassword = "another long password";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_token_sets_a_password_once_and_ends_all_sessions()
    {
        var (account, email) = await RegisterAsync();
        var token = await TokenAsync(email);

        Assert.Equal(HttpStatusCode.NoContent, (await ConfirmAsync(token)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(account.Username, NewPassword)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(account.Username, account.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefreshAsync(account.RefreshToken)).StatusCode);
        Assert.Equal("invalid-reset-token", await (await ConfirmAsync(token)).ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Of_several_calls_with_one_token_one_sets_the_password()
    {
        var (account, email) = await RegisterAsync();
        var token = await TokenAsync(email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => ConfirmAsync(token, $"{NewPassword} {n}")));

        var winner = Assert.Single(Enumerable.Range(0, 8), n => answers[n].StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(account.Username, $"{NewPassword} {winner}")).StatusCode);
    }

    [Fact]
    public async Task A_used_token_makes_the_others_of_the_account_useless()
    {
        var (_, email) = await RegisterAsync();
        var first = await TokenAsync(email);
        var second = await TokenAsync(email, alreadySent: 1);

        await ConfirmAsync(second);

        Assert.Equal("invalid-reset-token", await (await ConfirmAsync(first)).ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_password_that_its_owner_changed_makes_tokens_useless()
    {
        var (account, email) = await RegisterAsync();
        var token = await TokenAsync(email);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/password")
        {
            Content = JsonContent.Create(new { currentPassword = account.Password, newPassword = NewPassword }),
            Headers = { Authorization = new("Bearer", account.Token) },
        };
        using var changed = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal("invalid-reset-token", await (await ConfirmAsync(token)).ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_token_is_good_for_half_an_hour()
    {
        var (_, email) = await RegisterAsync();
        var token = await TokenAsync(email);

        Time.Advance(TimeSpan.FromMinutes(31));

        Assert.Equal("invalid-reset-token", await (await ConfirmAsync(token)).ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_name_that_others_have_locked_is_free_again()
    {
        var (account, email) = await RegisterAsync();
        for (var i = 0; i < 5; i++)
            await LoginAsync(account.Username, "a wrong password");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await LoginAsync(account.Username, account.Password)).StatusCode);

        await ConfirmAsync(await TokenAsync(email));

        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(account.Username, NewPassword)).StatusCode);
    }

    [Fact]
    public async Task The_database_has_only_the_hash_of_a_token()
    {
        var (_, email) = await RegisterAsync();
        var token = await TokenAsync(email);

        var stored = Assert.Single(await WithDbAsync(db => db.PasswordResets.AsNoTracking().ToListAsync()));
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(token)), stored.TokenHash);
    }

    [Fact]
    public async Task A_mailbox_gets_no_more_than_three_an_hour()
    {
        var (_, email) = await RegisterAsync();
        var (_, other) = await RegisterAsync();
        for (var i = 0; i < 5; i++)
            await RequestAsync(email);
        // They are worked on one after the other: when this one is sent, so are those before it.
        await TokenAsync(other);

        Assert.Equal(3, (await SentAsync(email)).Count);

        Time.Advance(TimeSpan.FromMinutes(61));
        await TokenAsync(email, alreadySent: 3);
    }

    [Fact]
    public async Task An_unknown_address_is_answered_the_same_and_as_fast()
    {
        var (_, email) = await RegisterAsync();
        var known = await RequestAsync(email);
        var unknown = await RequestAsync("nobody@example.org");

        Assert.Equal((known.StatusCode, await known.Content.ReadAsStringAsync()), (unknown.StatusCode, await unknown.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.Accepted, unknown.StatusCode);

        // Neither waits for the database, not even while somebody holds the account.
        await using var db = new Npgsql.NpgsqlConnection(ConnectionString);
        await db.OpenAsync();
        await using var transaction = await db.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("lock table users, password_resets in access exclusive mode", db, transaction))
            await hold.ExecuteNonQueryAsync();
        var start = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.Accepted, (await RequestAsync(email)).StatusCode);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("a@b.c\u0000")]
    public async Task What_is_no_address_is_named(string? email) =>
        Assert.Equal(["email"], await (await RequestAsync(email)).WrongFieldsAsync());

    [Fact]
    public async Task What_is_no_token_or_no_password_is_named()
    {
        Assert.Equal(["password", "token"], await (await ConfirmAsync(null, "short")).WrongFieldsAsync());

        var (account, email) = await RegisterAsync();
        Assert.Equal(["password"], await (await ConfirmAsync(await TokenAsync(email), account.Username)).WrongFieldsAsync());
        Assert.Equal("invalid-reset-token", await (await ConfirmAsync("made up")).ProblemAsync(HttpStatusCode.UnprocessableEntity));
    }

    private async Task<(Account Account, string Email)> RegisterAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var username = $"user-{Guid.NewGuid():N}";
        var response = await Client.PostAsJsonAsync("/auth/register", new { username, password = "a long password", email });
        response.EnsureSuccessStatusCode();
        return (new(username, "a long password", await response.JsonAsync()), email);
    }

    private Task<HttpResponseMessage> RequestAsync(string? email) => Client.PostAsJsonAsync("/auth/password-reset", new { email });

    private Task<HttpResponseMessage> ConfirmAsync(string? token, string? password = NewPassword) =>
        Client.PostAsJsonAsync("/auth/password-reset/confirm", new { token, password });

    /// <summary>Asks in other letters than were registered, and reads the token from the event that goes to the notifications.</summary>
    private async Task<string> TokenAsync(string email, int alreadySent = 0)
    {
        await RequestAsync(email.ToUpperInvariant());
        await Eventually.TrueAsync(async () => (await SentAsync(email)).Count > alreadySent, s_limit, () => "no token was sent");
        return (await SentAsync(email))[^1].Token;
    }

    private Task<List<PasswordResetRequested>> SentAsync(string email) => WithDbAsync(async db =>
    {
        var events = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(message => message.Name == "auth.password-reset-requested")
            .OrderBy(message => message.Position)
            .ToListAsync();
        return events
            .Select(message => JsonSerializer.Deserialize<PasswordResetRequested>(message.Payload, JsonSerializerOptions.Web)!)
            .Where(requested => requested.Email == email)
            .ToList();
    });
}
