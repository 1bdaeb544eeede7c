using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Register;

namespace ShopFlow.Auth.Users;

/// <summary>A shop always has an admin who can sign in.</summary>
internal static class AdminChanges
{
    /// <summary>Any number, as long as nothing else in this database locks it.</summary>
    private const long ChangeLock = 0x53_48_4F_50_52_4F_4C;

    /// <summary>One change at a time of who is an admin, so that two who depose or lock each other don't leave a shop without one.</summary>
    public static async Task<IDbContextTransaction> BeginAdminChangeAsync(this AuthDbContext db, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ChangeLock})", cancellationToken);
        return transaction;
    }

    public static async Task<bool> IsLastAdminAsync(this AuthDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var admins = db.Users.Where(user => user.Roles.Contains(Roles.Admin) && user.LockedAt == null);
        return await admins.AnyAsync(user => user.Id == id, cancellationToken) && !await admins.AnyAsync(user => user.Id != id, cancellationToken);
    }
}
