using System.Text.Json.Nodes;
using ShopFlow.Export.Kubernetes;
using ShopFlow.Export.Kustomize;

namespace ShopFlow.Export.Helm;

/// <summary>
/// A file of templates. Its objects are built once as <c>values.yaml</c> has it, and once more for every choice of every switch that they hang on;
/// where that gives other lines than before, the lines stand under a condition.
/// </summary>
/// <param name="switches">Those that there are.</param>
/// <param name="build">What the file has at a point.</param>
internal sealed class ChartTemplate(IReadOnlyList<Switch> switches, Func<Point, BuiltFile> build)
{
    private readonly Dictionary<Point, (OrderedDictionary<string, string[]> Texts, BuiltFile File)> _built = [];

    // Most objects are the same at most points, and so are the numbers of their placeholders.
    private readonly Dictionary<string, string[]> _texts = [];

    public string Write() => ConditionalText.Write(Homes().SelectMany(it => Lines(it.Key, it.Value)));

    // Where each object is found first: as usual, or with another choice.
    private OrderedDictionary<string, Point> Homes()
    {
        var homes = new OrderedDictionary<string, Point>();
        foreach (var point in switches.SelectMany(it => it.Names.Select(choice => With(Point.Usual, it, choice))).Prepend(Point.Usual).Distinct())
            foreach (var key in At(point).Keys)
                homes.TryAdd(key, point);
        return homes;
    }

    private IEnumerable<ConditionalLine> Lines(string key, Point home)
    {
        var (lines, bringing, presence, variants) = (At(home)[key], Bringing(key), new List<Condition>(), new List<Variant>());
        if (bringing is [var first, .. var others])
            presence.Add(first.Or(others));

        foreach (var it in switches)
        {
            var texts = it.Names
                .Where(choice => At(With(home, it, choice)).ContainsKey(key))
                .ToDictionary(choice => choice, choice => At(With(home, it, choice))[key]);
            if (bringing.All(other => other.Switch != it))
                presence.Add(new Condition(it, texts.Keys, it.Names));
            if (texts.Values.Any(text => !text.SequenceEqual(lines)))
                variants.Add(new Variant(it, texts));
        }

        Condition[] conditions = [.. presence.Where(condition => !condition.IsAlways)];
        return new LineMerge(lines, variants).Lines.Select(line => line with { Conditions = [.. conditions, .. line.Conditions] });
    }

    // What is not there as usual comes with any of these.
    private Condition[] Bringing(string key)
    {
        if (At(Point.Usual).ContainsKey(key))
            return [];

        return
        [
            .. from it in switches
               let choices = it.Names.Where(choice => At(With(Point.Usual, it, choice)).ContainsKey(key)).ToArray()
               where choices.Length > 0
               select new Condition(it, choices, it.Names),
        ];
    }

    // What nobody asked for in building the file changes nothing in it.
    private Point With(Point point, Switch tried, string choice) =>
        (point.ChoiceOf(tried.Path) ?? tried.Usual) == choice || !BuiltAt(point).File.HangsOn(tried) ? point : point.With(new Tried(tried.Path, choice));

    private OrderedDictionary<string, string[]> At(Point point) => BuiltAt(point).Texts;

    private (OrderedDictionary<string, string[]> Texts, BuiltFile File) BuiltAt(Point point)
    {
        if (_built.TryGetValue(point, out var known))
            return known;

        var (file, texts) = (build(point), new OrderedDictionary<string, string[]>());
        foreach (var item in file.Objects)
            texts.Add($"{Objects.KindOf(item)}/{Objects.NameOf(item)}", TextOf(item, file.Placeholders));
        return _built[point] = (texts, file);
    }

    private string[] TextOf(JsonObject item, Placeholders placeholders)
    {
        var json = item.ToJsonString();
        return _texts.TryGetValue(json, out var known) ? known : _texts[json] = ["---", .. placeholders.Template(YamlWriter.Write(item))];
    }
}
