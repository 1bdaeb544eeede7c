namespace Aspire.StackExchange.Redis;

/// <summary>
/// Settings of a Redis connection, read from "Aspire:StackExchange:Redis", then from its sub-section named after the connection.
/// </summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>"host:port,password=...", as StackExchange.Redis writes it.</summary>
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    /// <summary>False connects while the host starts; true connects when the connection is first asked for.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
