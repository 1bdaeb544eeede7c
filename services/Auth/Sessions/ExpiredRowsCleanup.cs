using Microsoft.EntityFrameworkCore;
using ShopFlow.Auth.Data;

namespace ShopFlow.Auth.Sessions;

/// <summary>Deletes what has expired, once an hour.</summary>
internal sealed class ExpiredRowsCleanup(IServiceScopeFactory scopes, TimeProvider time, ILogger<ExpiredRowsCleanup> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);

        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await DeleteAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning(exception, "Expired rows could not be deleted; trying again in an hour");
            }
        }
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AuthDbContext>();
        var now = time.GetUtcNow();
        var aDayAgo = now - TimeSpan.FromDays(1);

        await db.RefreshTokens.Where(token => token.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);

        await db.Sessions
            .Where(session => session.CreatedAt < aDayAgo && !db.RefreshTokens.Any(token => token.SessionId == session.Id))
            .ExecuteDeleteAsync(cancellationToken);

        await db.PasswordResets.Where(reset => reset.ExpiresAt < aDayAgo).ExecuteDeleteAsync(cancellationToken);

        await db.SignInFailures.Where(failures => failures.LastAt < aDayAgo).ExecuteDeleteAsync(cancellationToken);
    }
}
