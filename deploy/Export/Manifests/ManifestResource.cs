namespace ShopFlow.Export.Manifests;

/// <summary>A resource of <c>aspire-manifest.json</c>. Fields that the manifest leaves out are null or empty.</summary>
internal abstract record ManifestResource(string Name)
{
    /// <summary>What <c>{name.connectionString}</c> stands for.</summary>
    public Template? ConnectionString { get; init; }
}

/// <param name="Host">A name of the DNS.</param>
/// <param name="Networks">In which networks that name's addresses are, as <c>10.0.0.0/16</c>.</param>
internal sealed record OutsideAddress(string Host, int Port, IReadOnlyList<string> Networks);

/// <summary>Something that runs.</summary>
internal abstract record ManifestWorkload(string Name) : ManifestResource(Name)
{
    public IReadOnlyList<Template> Arguments { get; init; } = [];

    public IReadOnlyList<ManifestVariable> Environment { get; init; } = [];

    public IReadOnlyList<ManifestBinding> Bindings { get; init; } = [];

    /// <summary>Where it is, if not in the cluster.</summary>
    public OutsideAddress? Outside { get; init; }

    public ManifestBinding? Binding(string name) => Bindings.FirstOrDefault(binding => binding.Name == name);
}

/// <summary><c>project.v0</c> or <c>project.v1</c>.</summary>
internal sealed record ManifestProject(string Name) : ManifestWorkload(Name);

/// <summary><c>container.v0</c> or <c>container.v1</c>.</summary>
internal sealed record ManifestContainer(string Name, string Image) : ManifestWorkload(Name)
{
    public string? Entrypoint { get; init; }

    public IReadOnlyList<ManifestVolume> Volumes { get; init; } = [];
}

/// <summary><c>value.v0</c>: nothing but a connection string, as a database has.</summary>
internal sealed record ManifestValue(string Name) : ManifestResource(Name);

/// <summary><c>parameter.v0</c>.</summary>
/// <param name="Default">The value where no other is given. A generated one, as passwords have, is not a value.</param>
internal sealed record ManifestParameter(string Name, bool IsSecret, string? Default) : ManifestResource(Name);

/// <summary><c>annotated.string</c>: a value to which a filter is applied.</summary>
internal sealed record ManifestAnnotatedString(string Name, Template Value, string Filter) : ManifestResource(Name);

internal sealed record ManifestVariable(string Name, Template Value);

/// <param name="Port">Where others reach it.</param>
/// <param name="TargetPort">Where the program listens.</param>
/// <param name="IsExternal">Whether the internet may reach it.</param>
internal sealed record ManifestBinding(string Name, string Scheme, string Transport, string Protocol, int Port, int TargetPort, bool IsExternal)
{
    public bool IsHttp => Transport is "http" or "http2";
}

internal sealed record ManifestVolume(string Name, string Target, bool IsReadOnly);

/// <summary>A resource that was refused. It is kept so that what refers to it is not an error too.</summary>
internal sealed record ManifestUnsupported(string Name) : ManifestResource(Name);
