using ShopFlow.Export.Model;

namespace ShopFlow.Export.Environments;

/// <summary>How an environment runs PostgreSQL, RabbitMQ and Redis.</summary>
/// <param name="Backups">The bucket with the databases' backups, as <c>s3://bucket</c>; operators need it.</param>
/// <param name="BackupRole">The AWS role that may write there.</param>
/// <param name="DaysOfBackups">For how many days a database can be taken back to any moment.</param>
internal sealed record ServersSettings(
    ServersRun Run, string? StorageClass, string? Backups, string? BackupRole, int DaysOfBackups, IReadOnlyDictionary<ServerKind, ServerSettings> ByKind)
{
    /// <summary>Where AWS runs them, with <see cref="ServersRun.Aws"/>.</summary>
    public ManagedServers? Managed { get; init; }
}

/// <param name="Replicas">How many nodes an operator runs; a StatefulSet has one.</param>
internal sealed record ServerSettings(Cpu Cpu, Memory Memory, string Storage, int Replicas)
{
    /// <summary>How many PgBouncers stand before a database.</summary>
    public int Poolers { get; init; } = Math.Min(2, Replicas);

    /// <summary>How many nodes besides the first have a commit before it is told.</summary>
    public int Synchronous { get; init; } = Math.Min(1, Replicas - 1);
}

internal enum ServersRun
{
    /// <summary>One StatefulSet each.</summary>
    Containers,

    /// <summary>CloudNativePG and the RabbitMQ cluster operator; Redis stays a StatefulSet.</summary>
    Operators,

    /// <summary>RDS, Amazon MQ and ElastiCache: nothing in the cluster.</summary>
    Aws,
}
