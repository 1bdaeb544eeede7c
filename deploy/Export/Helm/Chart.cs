using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ShopFlow.Export.Environments;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Kustomize;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Helm;

/// <summary>The files of the Helm chart. Its templates are the same objects that kustomize gets, built with placeholders for what operators change.</summary>
internal sealed partial class Chart(ShopModel model, EnvironmentSettings common, IReadOnlyList<EnvironmentSettings> environments)
{
    private readonly Dictionary<Point, (Placeholders Placeholders, EnvironmentSettings Settings)> _points = [];

    public IReadOnlyDictionary<string, string> Files()
    {
        var usual = Read(common);
        var templates = new ChartObjects(model, common).Files().Select(it => it.File).ToDictionary(file => $"templates/{file}.yaml", file => Template(file, usual.Switches));
        var read = templates.Values.SelectMany(text => ReadForm().Matches(text)).Select(match => match.Groups[1].Value).ToHashSet();
        ChartValue[] values = [.. usual.Values.Where(value => read.Contains(value.Path))];

        var files = new SortedDictionary<string, string>(templates, StringComparer.Ordinal)
        {
            ["Chart.yaml"] = FileTree.Header + YamlWriter.Write(Description()),
            ["namespace.yaml"] = FileTree.Header + YamlWriter.Write(new ChartObjects(model, common).Namespace()),
            ["values.yaml"] = FileTree.Header + ValuesFile.Write(values),
            ["values.schema.json"] = ValuesSchema.Write(values),
            ["templates/checks.yaml"] = FileTree.Header + ChartChecks.Write(values),
        };
        foreach (var environment in environments)
            files[$"values-{environment.Name}.yaml"] = FileTree.Header + ValuesFile.Write(environment.Name, Read(environment).Values.Where(value => values.Any(it => it.Path == value.Path)), values);
        foreach (var (path, text) in StaticFiles())
            files[path] = text;
        return files;
    }

    private string Template(string file, IReadOnlyList<Switch> switches) => FileTree.Header + new ChartTemplate(switches, point =>
    {
        var (placeholders, settings) = At(point);
        var services = new ConsultedServices(settings.Services);
        JsonObject[] objects = [.. new ChartObjects(model, settings with { Services = services }).In(file)];
        return new BuiltFile(placeholders, objects, services.Consulted.Select(ChartSettings.NameOf).ToHashSet());
    }).Write();

    private (Placeholders Placeholders, EnvironmentSettings Settings) At(Point point)
    {
        if (_points.TryGetValue(point, out var known))
            return known;

        var placeholders = new Placeholders(point);
        return _points[point] = (placeholders, common.With(model, placeholders));
    }

    private Placeholders Read(EnvironmentSettings settings)
    {
        var placeholders = new Placeholders(Point.Usual);
        settings.With(model, placeholders);
        return placeholders;
    }

    private JsonObject Description() => new()
    {
        ["apiVersion"] = "v2",
        ["name"] = Names.Shop,
        ["description"] = "The shop: services, servers, and the rules of who may call whom.",
        ["type"] = "application",
        // A chart's own version has to be one of https://semver.org.
        ["version"] = SemanticVersion().IsMatch(common.Version) ? common.Version : $"0.0.0-v{common.Version.Replace('_', '-')}",
        ["appVersion"] = common.Version,
        ["kubeVersion"] = ">=1.30.0-0",
    };

    // What is written by hand: README.md and templates/NOTES.txt.
    private static IEnumerable<(string Path, string Text)> StaticFiles()
    {
        var assembly = typeof(Chart).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("chart/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name["chart/".Length..], reader.ReadToEnd());
        }
    }

    [GeneratedRegex(@"\.Values\.([A-Za-z0-9.]+)")]
    private static partial Regex ReadForm();

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$")]
    private static partial Regex SemanticVersion();
}
