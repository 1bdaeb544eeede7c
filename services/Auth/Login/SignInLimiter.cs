using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;

namespace ShopFlow.Auth.Login;

/// <summary>Locks a name for a growing time after wrong passwords in a row. Every statement goes by the primary key of sign_in_failures.</summary>
internal sealed class SignInLimiter(AuthDbContext db, TimeProvider time)
{
    /// <summary>Wrong passwords that cost nothing. The next one locks for 15 s, each further one for twice as long, at most 15 minutes.</summary>
    public const int FreeFailures = 4;

    private const int FirstLockSeconds = 15;
    private const int LongestLockSeconds = 900;

    /// <summary>How long the name stays locked, or null.</summary>
    public async Task<TimeSpan?> LockedForAsync(string normalizedUsername, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var lockedUntil = await db.SignInFailures
            .Where(failures => failures.NormalizedUsername == normalizedUsername)
            .Select(failures => failures.LockedUntil)
            .SingleOrDefaultAsync(cancellationToken);

        return lockedUntil > now ? lockedUntil - now : null;
    }

    /// <summary>Counts a wrong password. A day without one starts the count again.</summary>
    public Task RecordFailureAsync(string normalizedUsername, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var aDayAgo = now - TimeSpan.FromDays(1);

        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sign_in_failures AS known (normalized_username, count, last_at) VALUES ({normalizedUsername}, 1, {now})
            ON CONFLICT (normalized_username) DO UPDATE SET
                count = CASE WHEN known.last_at < {aDayAgo} THEN 1 ELSE known.count + 1 END,
                last_at = {now},
                locked_until = CASE
                    WHEN known.last_at >= {aDayAgo} AND known.count >= {FreeFailures}
                    THEN {now} + make_interval(secs => least({LongestLockSeconds}, {FirstLockSeconds} * power(2, least(known.count - {FreeFailures}, 10))))
                END
            """,
            cancellationToken);
    }

    /// <summary>
    /// Forgets the failures after a right password, unless the name was locked while the password was being checked:
    /// then false, or else a burst of guesses would get more tries than one after the other.
    /// </summary>
    public async Task<bool> TryClearAsync(string normalizedUsername, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ofName = db.SignInFailures.Where(failures => failures.NormalizedUsername == normalizedUsername);

        await ofName.Where(failures => failures.LockedUntil == null || failures.LockedUntil <= now).ExecuteDeleteAsync(cancellationToken);
        return !await ofName.AnyAsync(cancellationToken);
    }
}
