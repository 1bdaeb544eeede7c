using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace ShopFlow.ServiceDefaults.Authentication;

/// <summary>
/// The public keys of the auth service, read when the first token comes and kept. An unknown key id reads them again, at most once in
/// <see cref="RetryAfter"/>, so that neither a new key nor forged ids are a problem. While auth is away the known keys stay in use.
/// </summary>
internal sealed class SigningKeys(IJwksSource source, TimeProvider time, ILogger<SigningKeys> logger)
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>A withdrawn key is forgotten after this time.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan s_firstRetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_readTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile Snapshot? _snapshot;
    private Task _reading = Task.CompletedTask;
    private long? _triedAt;

    /// <returns>The key, or null when auth has none of that id.</returns>
    /// <exception cref="KeysUnavailableException">The keys could not be read even once.</exception>
    public async ValueTask<ECDsa?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_snapshot is { } known && known.Keys.TryGetValue(keyId, out var key))
        {
            if (time.GetElapsedTime(known.ReadAt) > MaxAge)
                _ = RefreshAsync();

            return key;
        }

        await RefreshAsync().WaitAsync(cancellationToken);

        return (_snapshot ?? throw new KeysUnavailableException()).Keys.GetValueOrDefault(keyId);
    }

    private Task RefreshAsync()
    {
        lock (_gate)
        {
            var pause = _snapshot is null ? s_firstRetryAfter : RetryAfter;
            var due = _triedAt is not { } last || time.GetElapsedTime(last) >= pause;

            if (_reading.IsCompleted && due)
            {
                _triedAt = time.GetTimestamp();
                _reading = ReadAsync();
            }

            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        using var timeout = new CancellationTokenSource(s_readTimeout, time);

        try
        {
            var keys = JsonWebKeys.Parse(await source.ReadAsync(timeout.Token));
            _snapshot = new Snapshot(keys, time.GetTimestamp());
        }
        catch (Exception exception)
        {
            logger.LogWarning("The signing keys could not be read: {Reason}", exception.Message);
        }
    }

    private sealed record Snapshot(FrozenDictionary<string, ECDsa> Keys, long ReadAt);
}
