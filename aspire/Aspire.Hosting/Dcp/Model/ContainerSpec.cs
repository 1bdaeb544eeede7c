namespace Aspire.Hosting.Dcp.Model;

internal sealed record ContainerSpec
{
    public required string Image { get; init; }

    public string? ContainerName { get; init; }

    public string? Command { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<DcpVariable>? Env { get; init; }

    public IReadOnlyList<ContainerPort>? Ports { get; init; }

    public IReadOnlyList<VolumeMount>? VolumeMounts { get; init; }

    public IReadOnlyList<ContainerNetworkConnection>? Networks { get; init; }

    public IReadOnlyList<string>? RunArgs { get; init; }

    public string RestartPolicy { get; init; } = "no";

    public bool? Persistent { get; init; }

    public bool? Stop { get; init; }
}

internal sealed record ContainerPort(int ContainerPortNumber)
{
    [System.Text.Json.Serialization.JsonPropertyName("containerPort")]
    public int ContainerPortNumber { get; init; } = ContainerPortNumber;

    public int? HostPort { get; init; }

    public string? HostIP { get; init; }

    public string Protocol { get; init; } = "TCP";
}

/// <param name="Type"><c>volume</c> or <c>bind</c>.</param>
internal sealed record VolumeMount(string Type, string? Source, string Target, bool? ReadOnly);

internal sealed record ContainerNetworkConnection(string Name, IReadOnlyList<string> Aliases);

internal sealed record ContainerNetworkSpec(string NetworkName);

internal sealed record ContainerNetworkStatus
{
    public string? State { get; init; }
}
