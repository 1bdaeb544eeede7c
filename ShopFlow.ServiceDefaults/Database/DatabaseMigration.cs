using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace ShopFlow.ServiceDefaults.Database;

/// <summary>
/// Migrates before anything else of the service starts, so that nothing meets a missing table. While the server cannot be reached it keeps
/// trying, and the service is not ready. Replicas that start together wait for each other on EF's lock.
/// </summary>
internal sealed class DatabaseMigration<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger<TContext> logger)
    : IHostedLifecycleService, IDatabaseMigration
    where TContext : DbContext
{
    public Task StartingAsync(CancellationToken cancellationToken) => MigrateAsync(cancellationToken);

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(IsUnreachable(args.Outcome.Exception)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(250),
                MaxDelay = TimeSpan.FromSeconds(5),
                OnRetry = args =>
                {
                    logger.LogWarning("The database of {Context} cannot be reached yet: {Reason}", typeof(TContext).Name, args.Outcome.Exception?.Message);
                    return default;
                },
            })
            .Build();

        await retries.ExecuteAsync(async token => await MigrateOnceAsync(token), cancellationToken);
    }

    private async Task MigrateOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;

        // MigrateAsync takes a lock and compares the whole model; asking first keeps the ordinary start short.
        var pending = await database.GetPendingMigrationsAsync(cancellationToken);
        if (pending.ToArray() is not { Length: > 0 } names)
            return;

        await database.MigrateAsync(cancellationToken);
        logger.LogInformation("Applied {Count} migrations to {Context}, the last is {Migration}", names.Length, typeof(TContext).Name, names[^1]);
    }

    private static bool IsUnreachable(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            if (cause is SocketException or TimeoutException or DbException { IsTransient: true })
                return true;

        return false;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
