using System.Text.RegularExpressions;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Graph;
using ShopFlow.Export.Helm;
using ShopFlow.Export.Kubernetes;
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
public static partial class Exporter
{
    internal const string VersionPattern = "^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$";
    internal const string RegistryPattern = @"^[a-z0-9.-]+(:\d+)?(/[a-z0-9._-]+)*$";

    /// <returns>The text of each file by its path, relative to <c>deploy/kubernetes</c>. The same input gives the same bytes.</returns>
    /// <exception cref="ExportException">The input is wrong; all reasons are in it.</exception>
    public static IReadOnlyDictionary<string, string> Export(ExportInput input)
    {
        var (manifest, model, common, environments) = Read(input);
        var tree = new FileTree();
        new Base(model, common).AddTo(tree);
        foreach (var environment in environments)
        {
            var own = environment.Servers.Managed is { } managed ? Read(managed.Move(manifest)) : model;
            new Overlay(own, environment, new ShopObjects(model, common)).AddTo(tree);
            new GameDay(own, environment).AddTo(tree);
        }

        return tree.Files;
    }

    /// <summary>The Helm chart, with values for the environments: the text of each file by its path in the chart.</summary>
    /// <exception cref="ExportException">The input is wrong; all reasons are in it.</exception>
    public static IReadOnlyDictionary<string, string> Chart(ExportInput input)
    {
        var (_, model, common, environments) = Read(input);
        return new Chart(model, common, [.. environments.Where(ChartSettings.CanSay)]).Files();
    }

    /// <summary>The manifest as aspirate 9.1 reads it, with the parameters of the one environment.</summary>
    /// <param name="folder">The folder to which the manifest's paths are relative.</param>
    /// <exception cref="ExportException">The input is wrong; all reasons are in it.</exception>
    public static string ForAspirate(ExportInput input, string folder)
    {
        var (_, model) = Read(input.Manifest);
        var problems = new ProblemList();
        var settings = new SettingsReader(model, problems).Read(input.Environments.Single(), input.Settings);
        problems.ThrowIfAny();
        return AspirateManifest.Write(input.Manifest, folder, settings.Parameters);
    }

    /// <summary>Who calls whom, for people: the text of each file by its name.</summary>
    /// <exception cref="ExportException">The manifest is wrong; all reasons are in it.</exception>
    public static IReadOnlyDictionary<string, string> Graph(string manifest)
    {
        var (_, model) = Read(manifest);
        return new Dictionary<string, string> { ["call-graph.md"] = MermaidGraph.Write(model), ["call-graph.svg"] = SvgGraph.Write(model) };
    }

    /// <summary>Where the images are expected, without their own names, and their tag.</summary>
    /// <param name="settings">The text of each file of <c>deploy/environments</c> by its name.</param>
    /// <exception cref="ExportException">One of them has no such form; all reasons are in it.</exception>
    public static (string Registry, string Version) Images(IReadOnlyDictionary<string, string> settings, string? registry = null, string? version = null)
    {
        var problems = new ProblemList();
        var usual = new SettingsReader(new ShopModel([], [], [], []), problems).ReadImages(settings);
        var images = (registry ?? usual.Registry, version ?? usual.Version);
        CheckImages("images", images.Item1, images.Item2, problems);
        problems.ThrowIfAny();
        return images;
    }

    /// <summary>The folders of <c>deploy/kubernetes</c> in which an export for these environments owns every file.</summary>
    public static IReadOnlyList<string> Folders(IEnumerable<string> environments) =>
        [Base.Folder, Base.MigrationsFolder, Base.ClusterFolder, .. environments.SelectMany(name => new[] { Overlay.FolderOf(name), GameDay.FolderOf(name) })];

    private static (Manifest Manifest, ShopModel Model, EnvironmentSettings Common, EnvironmentSettings[] Environments) Read(ExportInput input)
    {
        EnvironmentSettings AsAsked(EnvironmentSettings settings) => settings with { Version = input.Version ?? settings.Version, Registry = input.Registry ?? settings.Registry };

        var (manifest, model) = Read(input.Manifest);
        var problems = new ProblemList();
        var reader = new SettingsReader(model, problems);
        var common = AsAsked(reader.Read(input.Settings));
        EnvironmentSettings[] environments = [.. input.Environments.Select(name => AsAsked(reader.Read(name, input.Settings)))];
        foreach (var environment in environments)
            CheckImages(environment.Name, environment.Registry, environment.Version, problems);
        problems.ThrowIfAny();
        return (manifest, model, common, environments);
    }

    // The version is a label of pods too, which is stricter than the tag of an image.
    private static void CheckImages(string source, string registry, string version, ProblemList problems)
    {
        if (!VersionForm().IsMatch(version))
            problems.Add(source, "version", $"'{version}' is no version: at most 63 letters, digits, '.', '_' and '-', with a letter or digit at both ends");
        if (!RegistryForm().IsMatch(registry))
            problems.Add(source, "registry", $"'{registry}' is no registry, as registry.example/shop is");
    }

    [GeneratedRegex(VersionPattern)]
    private static partial Regex VersionForm();

    [GeneratedRegex(RegistryPattern)]
    private static partial Regex RegistryForm();

    private static (Manifest Manifest, ShopModel Model) Read(string text)
    {
        var problems = new ProblemList();
        var manifest = new ManifestReader(problems).Read(text);
        var model = new ModelReader(problems).Read(manifest);
        problems.ThrowIfAny();
        return (manifest, model);
    }

    private static ShopModel Read(Manifest manifest)
    {
        var problems = new ProblemList();
        var model = new ModelReader(problems).Read(manifest);
        problems.ThrowIfAny();
        return model;
    }
}
