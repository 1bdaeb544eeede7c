namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>
/// Settings of a DbContext on PostgreSQL, read from "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL", then from its
/// sub-sections named after the connection and after the context type.
/// </summary>
public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    public string? ConnectionString { get; set; }

    /// <summary>True leaves out the retrying execution strategy.</summary>
    public bool DisableRetry { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    public bool DisableMetrics { get; set; }

    /// <summary>Time limit of a command, in seconds; null leaves the driver's own.</summary>
    public int? CommandTimeout { get; set; }
}
