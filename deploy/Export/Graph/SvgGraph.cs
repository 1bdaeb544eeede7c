using System.Globalization;
using System.Xml.Linq;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Graph;

/// <summary>The arrows as a picture: public services on top, whom they call below them, servers at the bottom.</summary>
internal sealed class SvgGraph
{
    private const int BoxWidth = 190;
    private const int BoxHeight = 36;
    private const int GapX = 24;
    private const int GapY = 90;
    private const int Margin = 24;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly ShopModel _model;
    private readonly Dictionary<string, (int X, int Y)> _places = [];
    private readonly int _width;
    private readonly int _height;

    private SvgGraph(ShopModel model)
    {
        _model = model;
        var rows = Rows(model);
        var columns = rows.Max(row => row.Count);
        _width = 2 * Margin + columns * (BoxWidth + GapX) - GapX;
        _height = 2 * Margin + rows.Count * (BoxHeight + GapY) - GapY;

        foreach (var (level, row) in rows.Index())
        {
            var left = (_width - row.Count * (BoxWidth + GapX) + GapX) / 2;
            foreach (var (column, name) in row.Index())
                _places[name] = (left + column * (BoxWidth + GapX), Margin + level * (BoxHeight + GapY));
        }
    }

    public static string Write(ShopModel model) => model.Workloads.Any() ? new SvgGraph(model).Draw().ToString() + "\n" : "";

    // On top stands whom nobody calls, else the public service that calls most; anybody else one row below the nearest caller.
    private static List<IReadOnlyList<string>> Rows(ShopModel model)
    {
        var services = model.Services.Select(service => service.Name).ToHashSet();
        string[] top = [.. services.Where(name => model.Arrows.All(arrow => arrow.Callee != name))];
        if (top.Length == 0)
            top = [.. model.Services.OrderByDescending(service => (service.IsPublic, model.ArrowsFrom(service).Count())).Select(service => service.Name).Take(1)];
        var placed = top.ToHashSet();
        List<IReadOnlyList<string>> rows = [top];

        while (Callees(rows[^1]).Where(services.Contains).Where(placed.Add).ToArray() is { Length: > 0 } next)
            rows.Add(next);

        string[] others = [.. services.Where(placed.Add)];
        if (others.Length > 0)
            rows.Add(others);
        if (model.Servers.Count > 0)
            rows.Add([.. model.Servers.Select(server => server.Name)]);
        rows.RemoveAll(row => row.Count == 0);
        return rows;

        string[] Callees(IReadOnlyList<string> callers) => [.. model.Arrows.Where(arrow => callers.Contains(arrow.Caller)).Select(arrow => arrow.Callee).Distinct()];
    }

    private XElement Draw() => new(
        s_svg + "svg",
        new XAttribute("viewBox", $"0 0 {_width} {_height}"),
        new XAttribute("font-family", "system-ui, sans-serif"),
        new XAttribute("font-size", 12),
        new XElement(s_svg + "title", "Who calls whom in ShopFlow"),
        new XElement(s_svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "#ffffff")),
        new XElement(
            s_svg + "marker",
            new XAttribute("id", "head"), new XAttribute("viewBox", "0 0 8 8"), new XAttribute("refX", 8), new XAttribute("refY", 4),
            new XAttribute("markerWidth", 7), new XAttribute("markerHeight", 7), new XAttribute("orient", "auto"),
            new XElement(s_svg + "path", new XAttribute("d", "M0 0 8 4 0 8z"), new XAttribute("fill", "#64748b"))),
        _model.Arrows.Select(Line),
        _model.Workloads.Select(Box));

    private XElement Line(Arrow arrow)
    {
        var (from, to) = (_places[arrow.Caller], _places[arrow.Callee]);
        var path = from.Y == to.Y ? Over(from, to) : from.Y < to.Y ? Down(from, to) : Up(from, to);
        return new XElement(
            s_svg + "path",
            new XAttribute("d", path), new XAttribute("fill", "none"), new XAttribute("stroke", "#64748b"), new XAttribute("stroke-opacity", "0.55"), new XAttribute("marker-end", "url(#head)"),
            new XElement(s_svg + "title", $"{arrow.Caller} calls {arrow.Callee}"));
    }

    private static string Down((int X, int Y) from, (int X, int Y) to) => Curve(Middle(from.X), from.Y + BoxHeight, Middle(to.X), to.Y, GapY / 2);

    private static string Up((int X, int Y) from, (int X, int Y) to) => Curve(Middle(from.X), from.Y, Middle(to.X), to.Y + BoxHeight, -GapY / 2);

    // Between neighbours in a row the line bows below them.
    private static string Over((int X, int Y) from, (int X, int Y) to)
    {
        var (y, bow) = (from.Y + BoxHeight, GapY / 2);
        return string.Create(CultureInfo.InvariantCulture, $"M{Middle(from.X)} {y}C{Middle(from.X)} {y + bow} {Middle(to.X)} {y + bow} {Middle(to.X)} {y}");
    }

    private static string Curve(int x1, int y1, int x2, int y2, int bend) =>
        string.Create(CultureInfo.InvariantCulture, $"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}");

    private static int Middle(int x) => x + BoxWidth / 2;

    private XElement Box(Workload workload)
    {
        var (x, y) = _places[workload.Name];
        var (fill, stroke) = workload switch
        {
            Server => ("#fef3c7", "#b45309"),
            Service { IsPublic: true } => ("#dcfce7", "#15803d"),
            _ => ("#e0f2fe", "#0369a1"),
        };
        return new XElement(
            s_svg + "g",
            new XElement(
                s_svg + "rect",
                new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", BoxWidth), new XAttribute("height", BoxHeight),
                new XAttribute("rx", 6), new XAttribute("fill", fill), new XAttribute("stroke", stroke)),
            new XElement(
                s_svg + "text",
                new XAttribute("x", Middle(x)), new XAttribute("y", y + BoxHeight / 2 + 4), new XAttribute("text-anchor", "middle"), workload.Name));
    }
}
