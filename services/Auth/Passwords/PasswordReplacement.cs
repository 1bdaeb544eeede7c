using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Sessions;

namespace ShopFlow.Auth.Passwords;

internal static class PasswordReplacement
{
    /// <summary>
    /// Sets a new password and ends the user's sessions, in the caller's transaction. Of several at once one does so; links of e-mails that
    /// were sent for the old password are good no more.
    /// </summary>
    /// <param name="user">As read when it was decided that the password may be replaced.</param>
    /// <param name="hash">Of the new password.</param>
    /// <param name="keptSession">The session that goes on, if one does.</param>
    /// <param name="db">With a transaction.</param>
    /// <param name="sessions">The sessions that end.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>False when the password has changed since the user was read.</returns>
    public static async Task<bool> TryAsync(
        User user, string hash, Guid? keptSession, AuthDbContext db, SessionStore sessions, CancellationToken cancellationToken)
    {
        var replaced = await db.Users
            .Where(known => known.Id == user.Id && known.PasswordVersion == user.PasswordVersion)
            .ExecuteUpdateAsync(
                set => set.SetProperty(known => known.PasswordHash, hash).SetProperty(known => known.PasswordVersion, user.PasswordVersion + 1),
                cancellationToken);
        if (replaced == 0)
            return false;

        await sessions.EndAllAsync(user.Id, keptSession, cancellationToken);
        return true;
    }
}
