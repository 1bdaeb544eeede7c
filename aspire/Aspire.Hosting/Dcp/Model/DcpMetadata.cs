namespace Aspire.Hosting.Dcp.Model;

internal sealed record DcpMetadata(string Name)
{
    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public DateTimeOffset? CreationTimestamp { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public IReadOnlyList<DcpOwnerReference>? OwnerReferences { get; init; }
}

internal sealed record DcpOwnerReference(string Kind, string Name);
