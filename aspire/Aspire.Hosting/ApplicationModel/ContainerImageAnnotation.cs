namespace Aspire.Hosting.ApplicationModel;

public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? _tag;
    private string? _digest;

    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag
    {
        get => _tag;
        set => (_tag, _digest) = (value, value is null ? _digest : null);
    }

    public string? SHA256
    {
        get => _digest;
        set => (_digest, _tag) = (value, value is null ? _tag : null);
    }
}
