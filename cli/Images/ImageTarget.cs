namespace ShopFlow.Cli.Images;

/// <summary>Where images go.</summary>
/// <param name="Registry">Where the cluster pulls them from, as <c>registry.example/shop</c>; it is in their names wherever they go.</param>
internal abstract record ImageTarget(string Registry)
{
    /// <summary>For people.</summary>
    public abstract string Where { get; }

    /// <summary>What <c>PublishContainer</c> is told.</summary>
    public abstract IEnumerable<string> Properties(string service);

    /// <summary>The local engine of a client, <c>docker</c> or <c>podman</c>.</summary>
    internal sealed record Engine(string Registry, string Client) : ImageTarget(Registry)
    {
        public override string Where => $"in the engine of {Client}";

        public override IEnumerable<string> Properties(string service) =>
            [$"ContainerRepository={Registry}/{service}", $"LocalRegistry={(Client == "podman" ? "Podman" : "Docker")}"];
    }

    /// <summary>A file for each, as <c>docker load</c> takes it.</summary>
    internal sealed record Archives(string Registry, string Folder) : ImageTarget(Registry)
    {
        public override string Where => $"in {Folder}";

        public override IEnumerable<string> Properties(string service) =>
            [$"ContainerRepository={Registry}/{service}", $"ContainerArchiveOutputPath={Path.Combine(Folder, $"{service}.tar")}"];
    }

    /// <summary>The registry itself. Credentials are those of <c>docker login</c>.</summary>
    internal sealed record Push(string Registry) : ImageTarget(Registry)
    {
        public override string Where => $"in {Registry}";

        public override IEnumerable<string> Properties(string service)
        {
            var (host, path) = ImageName.Split(Registry);
            return [$"ContainerRegistry={host}", $"ContainerRepository={(path.Length > 0 ? $"{path}/{service}" : service)}"];
        }
    }
}
