using System.Security.Claims;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ShopFlow.ServiceDefaults.Authentication;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class AccessTokenValidatorTests
{
    private readonly TestTokens _auth = new();
    private readonly ManualTime _time = new();
    private readonly AccessTokenValidator _validator;

    public AccessTokenValidatorTests()
    {
        _time.Advance(DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch);
        _validator = new AccessTokenValidator(new TheseOptions(), new SigningKeys(_auth, _time, NullLogger<SigningKeys>.Instance), _time);
    }

    [Fact]
    public async Task A_token_that_was_seen_is_not_verified_again()
    {
        var token = _auth.Issue();

        Assert.Same(await ValidateAsync(token), await ValidateAsync(token));
    }

    [Fact]
    public async Task A_token_that_was_seen_expires_all_the_same()
    {
        var token = _auth.Issue(expiresIn: TimeSpan.FromMinutes(1));
        await ValidateAsync(token);

        _time.Advance(TimeSpan.FromSeconds(91));

        var refused = await Assert.ThrowsAsync<InvalidTokenException>(() => ValidateAsync(token));
        Assert.Equal("The token has expired.", refused.Message);
    }

    [Fact]
    public async Task A_token_that_was_seen_is_refused_once_its_key_is_withdrawn()
    {
        var token = _auth.Issue();
        await ValidateAsync(token);
        _auth.Rotate("second");
        _auth.Withdraw("first");

        await KeysAreReadAgainAsync(token);

        var refused = await Assert.ThrowsAsync<InvalidTokenException>(() => ValidateAsync(token));
        Assert.Equal("The token was signed with an unknown key.", refused.Message);
    }

    [Fact]
    public async Task A_token_that_was_seen_is_refused_once_its_key_id_names_another_key()
    {
        var token = _auth.Issue();
        await ValidateAsync(token);
        _auth.Rotate("first");

        await KeysAreReadAgainAsync(token);

        var refused = await Assert.ThrowsAsync<InvalidTokenException>(() => ValidateAsync(token));
        Assert.Equal("The token's signature is wrong.", refused.Message);
    }

    [Fact]
    public async Task A_rotation_leaves_the_tokens_of_the_old_key_valid()
    {
        var token = _auth.Issue();
        await ValidateAsync(token);
        _auth.Rotate("second");

        await KeysAreReadAgainAsync(token);

        Assert.NotNull(await ValidateAsync(token));
        Assert.NotNull(await ValidateAsync(_auth.Issue()));
    }

    [Fact]
    public async Task What_differs_in_one_character_is_another_token()
    {
        var token = _auth.Issue();
        await ValidateAsync(token);
        var forged = token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1];

        await Assert.ThrowsAsync<InvalidTokenException>(() => ValidateAsync(forged));
    }

    [Fact]
    public void The_memory_is_bounded_and_keeps_what_is_in_use()
    {
        var tokens = new ValidatedTokens();
        var inUse = new AccessToken(new ClaimsPrincipal(), "first", _auth.CurrentKey, null, DateTimeOffset.MaxValue);
        tokens.Add(TokenDigest.Of("in use"), inUse);

        for (var i = 0; i < 4 * ValidatedTokens.GenerationSize; i++)
        {
            tokens.Add(TokenDigest.Of($"{i}"), inUse with { KeyId = "other" });
            if (i % 1000 == 0)
                Assert.Same(inUse, tokens.Find(TokenDigest.Of("in use")));
        }

        Assert.Null(tokens.Find(TokenDigest.Of("0")));
    }

    /// <summary>The first token after the keys' time is up starts the reading and is still judged by the old ones.</summary>
    private Task<ClaimsPrincipal> KeysAreReadAgainAsync(string token)
    {
        _time.Advance(SigningKeys.MaxAge + TimeSpan.FromSeconds(1));
        return ValidateAsync(token);
    }

    private Task<ClaimsPrincipal> ValidateAsync(string token) => _validator.ValidateAsync(token, TestContext.Current.CancellationToken).AsTask();

    private sealed class TheseOptions : IOptionsMonitor<AccessTokenOptions>
    {
        public AccessTokenOptions CurrentValue { get; } = new();

        public AccessTokenOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<AccessTokenOptions, string?> listener) => null;
    }
}
