namespace ShopFlow.Export.Manifests;

/// <summary>What <c>aspire-manifest.json</c> holds, in its order.</summary>
internal sealed class Manifest(IReadOnlyList<ManifestResource> resources)
{
    private readonly Dictionary<string, ManifestResource> _byName = resources.ToDictionary(resource => resource.Name);

    public IReadOnlyList<ManifestResource> Resources => resources;

    public IEnumerable<ManifestWorkload> Workloads => resources.OfType<ManifestWorkload>();

    public IEnumerable<ManifestParameter> Parameters => resources.OfType<ManifestParameter>();

    public ManifestResource? Find(string name) => _byName.GetValueOrDefault(name);
}
