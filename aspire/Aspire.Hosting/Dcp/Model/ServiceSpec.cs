namespace Aspire.Hosting.Dcp.Model;

/// <summary>A named address in front of the processes that produce it.</summary>
internal sealed record ServiceSpec
{
    public string? Address { get; init; }

    /// <summary>Fixed port of the proxy; null lets DCP choose a free one.</summary>
    public int? Port { get; init; }

    public string Protocol { get; init; } = "TCP";

    /// <summary><c>Localhost</c> puts DCP's proxy in front, <c>Proxyless</c> names the process's own port.</summary>
    public string AddressAllocationMode { get; init; } = ProxiedMode;

    public const string ProxiedMode = "Localhost";
    public const string ProxylessMode = "Proxyless";
}

internal sealed record ServiceStatus
{
    public string? State { get; init; }

    public string? EffectiveAddress { get; init; }

    public int? EffectivePort { get; init; }
}

internal sealed record EndpointSpec
{
    public string? ServiceName { get; init; }

    public string? Address { get; init; }

    public int? Port { get; init; }
}

internal sealed record EndpointStatus;
