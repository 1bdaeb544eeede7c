namespace Aspire.Hosting.Dcp.Model;

internal sealed record ExecutableSpec
{
    public required string ExecutablePath { get; init; }

    public string? WorkingDirectory { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<DcpVariable>? Env { get; init; }

    public string ExecutionType { get; init; } = "Process";

    public bool? Stop { get; init; }
}

internal sealed record DcpVariable(string Name, string? Value);

/// <summary>The address at which a process serves a Service; a null port lets DCP choose one.</summary>
internal sealed record ServiceProducer(string ServiceName, string Address, int? Port);
