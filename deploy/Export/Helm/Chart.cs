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
    private readonly Dictionary<Point, (Placeholders Placeholders, ChartObjects Objects)> _points = [];

    public IReadOnlyDictionary<string, string> Files()
    {
        var usual = Read(common);
        var templates = new ChartObjects(model, common).Files().Select(it => it.File).ToDictionary(file => $"templates/{file}.yaml", file => Template(file, usual.Switches));
        ChartValue[] values = [.. usual.Values.Where(value => templates.Values.Any(text => IsIn(text, value.Path)))];

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
        var (placeholders, objects) = At(point);
        return (placeholders, objects.In(file));
    }).Write();

    private (Placeholders Placeholders, ChartObjects Objects) At(Point point)
    {
        if (_points.TryGetValue(point, out var known))
            return known;

        var placeholders = new Placeholders(point);
        return _points[point] = (placeholders, new ChartObjects(model, common.With(model, placeholders)));
    }

    private Placeholders Read(EnvironmentSettings settings)
    {
        var placeholders = new Placeholders(Point.Usual);
        settings.With(model, placeholders);
        return placeholders;
    }

    private static bool IsIn(string template, string path) => Regex.IsMatch(template, $@"\.Values\.{Regex.Escape(path)}\b");

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

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$")]
    private static partial Regex SemanticVersion();
}
