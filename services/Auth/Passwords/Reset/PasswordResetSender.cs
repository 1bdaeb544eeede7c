using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Sessions;
using ShopFlow.Contracts;
using ShopFlow.Messaging;

namespace ShopFlow.Auth.Passwords.Reset;

/// <summary>Has a token sent to each account of an address. What is in the queue at a crash is lost: its owner asks again.</summary>
internal sealed class PasswordResetSender(
    PasswordResetQueue queue, IServiceScopeFactory scopes, IOptions<AuthOptions> options, TimeProvider time, ILogger<PasswordResetSender> log) : BackgroundService
{
    /// <summary>Nobody's mailbox is to be filled by others.</summary>
    public const int MostPerHour = 3;

    private const int MostAccounts = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var email in queue.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(email, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "A password reset could not be sent; its owner has to ask again");
            }
        }
    }

    private async Task SendAsync(string email, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var anHourAgo = now - TimeSpan.FromHours(1);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // ix_users_email, ix_password_resets_user_id. The locks make replicas count one after the other.
        var users = await db.Users
            .FromSql($"""
                select * from users u
                where lower(u.email) = lower({email})
                order by u.id
                limit {MostAccounts}
                for no key update
                """)
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        foreach (var user in users)
        {
            if (await db.PasswordResets.CountAsync(reset => reset.UserId == user.Id && reset.CreatedAt > anHourAgo, cancellationToken) < MostPerHour)
                Add(db, user, now);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Add(AuthDbContext db, User user, DateTimeOffset now)
    {
        var token = SecretToken.Create();
        var expiresAt = now + options.Value.PasswordResetLifetime;
        db.PasswordResets.Add(new() { TokenHash = SecretToken.Hash(token), UserId = user.Id, PasswordVersion = user.PasswordVersion, CreatedAt = now, ExpiresAt = expiresAt });
        db.Publish(new PasswordResetRequested(user.Id, user.Username, user.Email, token, expiresAt));
    }
}
