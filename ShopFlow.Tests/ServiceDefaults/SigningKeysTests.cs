using Microsoft.Extensions.Logging.Abstractions;
using ShopFlow.ServiceDefaults.Authentication;

namespace ShopFlow.Tests.ServiceDefaults;

public sealed class SigningKeysTests
{
    private readonly TestTokens _auth = new();
    private readonly ManualTime _time = new();
    private readonly SigningKeys _keys;

    public SigningKeysTests() => _keys = new SigningKeys(_auth, _time, NullLogger<SigningKeys>.Instance);

    [Fact]
    public async Task Keys_are_read_once_and_kept()
    {
        for (var i = 0; i < 10; i++)
            Assert.NotNull(await FindAsync("first"));

        Assert.Equal(1, _auth.Reads);
    }

    [Fact]
    public async Task A_storm_of_unknown_key_ids_reads_the_keys_once_in_five_seconds()
    {
        for (var i = 0; i < 100; i++)
            Assert.Null(await FindAsync($"forged-{i}"));
        Assert.Equal(1, _auth.Reads);

        _time.Advance(SigningKeys.RetryAfter);
        for (var i = 0; i < 100; i++)
            Assert.Null(await FindAsync($"forged-{i}"));
        Assert.Equal(2, _auth.Reads);
    }

    [Fact]
    public async Task A_new_key_is_found_and_the_old_one_stays()
    {
        Assert.NotNull(await FindAsync("first"));

        _auth.Rotate("second");
        _time.Advance(SigningKeys.RetryAfter);

        Assert.NotNull(await FindAsync("second"));
        Assert.NotNull(await FindAsync("first"));
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten()
    {
        Assert.NotNull(await FindAsync("first"));
        _auth.Rotate("second");
        _auth.Withdraw("first");

        _time.Advance(SigningKeys.MaxAge + TimeSpan.FromSeconds(1));
        await FindAsync("first");

        Assert.Null(await FindAsync("first"));
    }

    [Fact]
    public async Task Known_keys_stay_in_use_while_auth_is_away()
    {
        Assert.NotNull(await FindAsync("first"));
        _auth.Down = true;

        _time.Advance(SigningKeys.MaxAge * 3);

        Assert.NotNull(await FindAsync("first"));
        Assert.NotNull(await FindAsync("first"));
    }

    [Fact]
    public async Task Before_auth_ever_answered_no_token_can_be_judged()
    {
        _auth.Down = true;
        await Assert.ThrowsAsync<KeysUnavailableException>(() => FindAsync("first").AsTask());

        _auth.Down = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(await FindAsync("first"));
    }

    private ValueTask<System.Security.Cryptography.ECDsa?> FindAsync(string keyId)
        => _keys.FindAsync(keyId, TestContext.Current.CancellationToken);
}
