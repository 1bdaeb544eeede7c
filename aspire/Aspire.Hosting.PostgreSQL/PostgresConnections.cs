using Npgsql;

namespace Aspire.Hosting;

internal static class PostgresConnections
{
    /// <summary>A server's own connection string names no database, and then Npgsql takes one named like the user.</summary>
    public static string Scope(string connectionString, string? database) => database is null
        ? connectionString
        : new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;
}
