using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace ShopFlow.ServiceDefaults.Database;

/// <summary>
/// Migrates before anything else of the service starts, so that nothing meets a missing table. While the server cannot be reached it keeps
/// trying, and the service is not ready. Replicas that start together wait for each other.
/// </summary>
internal sealed class DatabaseMigration<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger<TContext> logger)
    : IHostedLifecycleService, IDatabaseMigration
    where TContext : DbContext
{
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    private const string DuplicateDatabase = "42P04";
    private const string UniqueViolation = "23505";

    /// <summary>Any number, as long as nothing else in these databases locks it.</summary>
    private const long MigrationLock = 0x4D_49_47_52_41_54_45;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // An index on a large table takes longer than any request may.
    private static readonly TimeSpan StatementLimit = TimeSpan.FromMinutes(30);

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
        var pending = (await database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
        if (pending.Length == 0)
            return;

        await CreateIfMissingAsync(database, cancellationToken);
        await MigrateAloneAsync(database, cancellationToken);
        logger.LogInformation("Applied {Count} migrations to {Context}, the last is {Migration}", pending.Length, typeof(TContext).Name, pending[^1]);
    }

    private static async Task CreateIfMissingAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (DbException exception) when (exception.SqlState is DuplicateDatabase or UniqueViolation)
        {
            // Another replica was first.
        }
    }

    // EF's own lock is given back between two migrations, and a replica that slips in there applies the second one twice.
    private async Task MigrateAloneAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        database.SetCommandTimeout(StatementLimit);
        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            // A statement that waited would keep its snapshot, and an index that is built concurrently waits for all of those.
            while (!await database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({MigrationLock}) AS \"Value\"").SingleAsync(cancellationToken))
                await Task.Delay(Look, time, cancellationToken);
            await database.MigrateAsync(cancellationToken);
        }
        finally
        {
            await database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({MigrationLock})", CancellationToken.None);
            await database.CloseConnectionAsync();
        }
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
