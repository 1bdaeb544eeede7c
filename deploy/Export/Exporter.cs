using ShopFlow.Export.Environments;
using ShopFlow.Export.Kustomize;
using ShopFlow.Export.Manifests;
using ShopFlow.Export.Model;

namespace ShopFlow.Export;

/// <summary>What is exported.</summary>
/// <param name="Manifest">The text of <c>aspire-manifest.json</c>.</param>
/// <param name="Settings">The text of each file of <c>deploy/environments</c> by its name.</param>
/// <param name="Environments">For which environments.</param>
public sealed record ExportInput(string Manifest, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Environments)
{
    /// <summary>The tag of the images, instead of the environment's.</summary>
    public string? Version { get; init; }

    /// <summary>Where the images are, instead of the environment's.</summary>
    public string? Registry { get; init; }
}

/// <summary>Turns the manifest of the model, and the settings of environments, into files for Kubernetes.</summary>
public static class Exporter
{
    /// <returns>The text of each file by its path, relative to <c>deploy/kubernetes</c>. The same input gives the same bytes.</returns>
    /// <exception cref="ExportException">The input is wrong; all reasons are in it.</exception>
    public static IReadOnlyDictionary<string, string> Export(ExportInput input)
    {
        var model = ReadModel(input.Manifest);
        var problems = new ProblemList();
        var reader = new SettingsReader(model, problems);
        var common = reader.Read(input.Settings);
        var environments = input.Environments.Select(name => reader.Read(name, input.Settings)).ToArray();
        problems.ThrowIfAny();

        var tree = new FileTree();
        new Base(model, common).AddTo(tree);
        foreach (var environment in environments)
            new Overlay(model, common, environment with
            {
                Version = input.Version ?? environment.Version,
                Registry = input.Registry ?? environment.Registry,
            }).AddTo(tree);
        return tree.Files;
    }

    /// <summary>The folders of <c>deploy/kubernetes</c> in which an export for these environments owns every file.</summary>
    public static IReadOnlyList<string> Folders(IEnumerable<string> environments) =>
        [Base.Folder, Base.MigrationsFolder, .. environments.Select(Overlay.FolderOf)];

    private static ShopModel ReadModel(string manifest)
    {
        var problems = new ProblemList();
        var model = new ModelReader(problems).Read(new ManifestReader(problems).Read(manifest));
        problems.ThrowIfAny();
        return model;
    }
}
