#pragma warning disable EF1001 // The options and strategies set before can only be read through the provider's internal types.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Storage.Internal;

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

internal static class ContextEnrichment
{
    public static void Apply<TContext>(DbContextOptionsBuilder options, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        var current = options.Options.FindExtension<NpgsqlOptionsExtension>();

        options.UseNpgsql(npgsql =>
        {
            if (!settings.DisableRetry && NeedsRetry(options, current))
                npgsql.EnableRetryOnFailure();

            if (settings.CommandTimeout is { } seconds)
            {
                if (current?.CommandTimeout is { } other && other != seconds)
                    throw new InvalidOperationException($"Conflicting values for 'CommandTimeout' were found in {nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings)} and set in DbContextOptions<{typeof(TContext).Name}>.");

                npgsql.CommandTimeout(seconds);
            }
        });
    }

    private static bool NeedsRetry(DbContextOptionsBuilder options, NpgsqlOptionsExtension? current)
    {
        var strategy = current?.ExecutionStrategyFactory?.Invoke(new ExecutionStrategyDependencies(null!, options.Options, null!));

        return strategy switch
        {
            null => true,
            NpgsqlRetryingExecutionStrategy => false,
            _ when strategy.GetType() == typeof(NpgsqlExecutionStrategy) => true,
            _ => throw new InvalidOperationException($"{nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings)}.{nameof(NpgsqlEntityFrameworkCorePostgreSQLSettings.DisableRetry)} needs to be set when a custom Execution Strategy is configured."),
        };
    }
}
