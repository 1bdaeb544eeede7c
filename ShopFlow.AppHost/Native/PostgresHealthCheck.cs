using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace ShopFlow.AppHost.Native;

/// <summary>Healthy when a new session answers a query. <paramref name="database"/> is for a connection string that names none.</summary>
internal sealed class PostgresHealthCheck(IResourceWithConnectionString resource, string? database = null) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(await resource.GetConnectionStringAsync(cancellationToken))
            {
                Pooling = false,
                Timeout = 3,
            };
            settings.Database = database ?? settings.Database;

            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var query = new NpgsqlCommand("SELECT 1", connection);
            await query.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.Message, e);
        }
    }
}
