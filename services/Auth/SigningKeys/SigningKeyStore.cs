using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopFlow.Auth.Data;

namespace ShopFlow.Auth.SigningKeys;

/// <summary>Reads the keys from the database and adds the next one when it is due.</summary>
internal sealed class SigningKeyStore(AuthDbContext db, KeyEncryption encryption, KeyRing ring, TimeProvider time, IOptions<AuthOptions> options)
{
    /// <summary>A new key is published this long before it signs, so that every service has heard of it.</summary>
    private static readonly TimeSpan Announcement = TimeSpan.FromDays(1);

    /// <summary>Twice the time in which every replica looks for new keys.</summary>
    private static readonly TimeSpan Handover = 2 * SigningKeyRefresh.Interval;

    /// <summary>Any number, as long as nothing else in this database locks it.</summary>
    private const long RotationLock = 0x53_48_4F_50_4B_45_59;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var stored = await ReadAsync(now, cancellationToken);

        if (IsNextKeyDue(stored, now))
            stored = await AddNextAsync(now, cancellationToken);

        ring.Replace([.. stored.Select(Load)]);
    }

    /// <summary>Adds a key that signs as soon as every replica has read it. Called twice in a row it adds one.</summary>
    public async Task<SigningKey> RotateAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({RotationLock})", cancellationToken);

        var stored = await ReadAsync(now, cancellationToken);
        if (stored.Find(key => key.NotBefore > now && key.NotBefore <= now + Handover) is { } pending)
            return pending;

        var next = Create(startsAt: now + Handover);
        db.SigningKeys.Add(next);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        ring.Replace([.. stored.Append(next).Select(Load)]);
        return next;
    }

    private static bool IsNextKeyDue(List<SigningKey> keys, DateTimeOffset now) => !keys.Any(key => key.RetiresAt > now + Announcement);

    private Task<List<SigningKey>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        db.SigningKeys.AsNoTracking().Where(key => key.ExpiresAt > now).OrderBy(key => key.NotBefore).ToListAsync(cancellationToken);

    /// <summary>Replicas that start together wait for each other here, and all but the first find the key in place.</summary>
    private async Task<List<SigningKey>> AddNextAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({RotationLock})", cancellationToken);

        var stored = await ReadAsync(now, cancellationToken);
        if (!IsNextKeyDue(stored, now))
            return stored;

        var next = Create(startsAt: stored.Select(key => key.RetiresAt).Append(now).Max());
        db.SigningKeys.Add(next);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. stored, next];
    }

    private SigningKey Create(DateTimeOffset startsAt)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = JsonWebKeys.Thumbprint(pair.ExportParameters(includePrivateParameters: false).Q);
        var retiresAt = startsAt + options.Value.SigningKeyLifetime;

        return new()
        {
            Kid = kid,
            EncryptedPrivateKey = encryption.Encrypt(kid, pair.ExportPkcs8PrivateKey()),
            NotBefore = startsAt,
            RetiresAt = retiresAt,
            // Its last token lives this long after it; the hour is for clocks that differ.
            ExpiresAt = retiresAt + options.Value.AccessTokenLifetime + TimeSpan.FromHours(1),
        };
    }

    private LoadedKey Load(SigningKey stored)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(encryption.Decrypt(stored.Kid, stored.EncryptedPrivateKey), out _);
        return new(stored.Kid, pair, stored.NotBefore, stored.RetiresAt);
    }
}
