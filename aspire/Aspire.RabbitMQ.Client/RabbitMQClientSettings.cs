namespace Aspire.RabbitMQ.Client;

/// <summary>
/// Settings of a RabbitMQ connection, read from "Aspire:RabbitMQ:Client", then from its sub-section named after the connection.
/// </summary>
public sealed class RabbitMQClientSettings
{
    /// <summary>An amqp:// address with user and password.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often the first connect is tried again, after 1, 2, 4, ... seconds; 0 never.</summary>
    public int MaxConnectRetryCount { get; set; } = 5;

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }

    /// <summary>False connects while the host starts; true connects when the connection is first asked for.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
