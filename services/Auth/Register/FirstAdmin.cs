using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopFlow.Auth.Data;
using ShopFlow.Auth.Passwords;

namespace ShopFlow.Auth.Register;

/// <summary>Creates the user "admin" at the first start, so that somebody can sign in to a new shop.</summary>
internal sealed class FirstAdmin(
    IServiceScopeFactory scopes, PasswordHashingQueue passwords, IOptions<AuthOptions> options, TimeProvider time, ILogger<FirstAdmin> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.AdminPassword is not { Length: > 0 } password)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var name = Usernames.Normalize(Usernames.Admin);

        if (await db.Users.AnyAsync(user => user.NormalizedUsername == name, cancellationToken))
            return;

        var hash = passwords.Hash(password);
        string[] roles = [Roles.Customer, Roles.Admin];

        // Another replica may have been faster.
        var created = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO users (id, username, normalized_username, email, password_hash, roles, created_at)
            VALUES ({Guid.CreateVersion7()}, {Usernames.Admin}, {name}, {options.Value.AdminEmail}, {hash}, {roles}, {time.GetUtcNow()})
            ON CONFLICT (normalized_username) DO NOTHING
            """,
            cancellationToken);

        if (created > 0)
            log.LogInformation("Created the user {Username}", Usernames.Admin);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
