using System.Globalization;
using System.Security;
using System.Text;

namespace ShopFlow.Catalog.Images;

/// <summary>Draws a product: its category's emblem and colours, a backdrop that differs from product to product, brand and name.</summary>
internal static class ProductDrawing
{
    private const int LongestLine = 24;
    private const int MostLines = 2;

    public static string Draw(Guid id, string name, string brand, string category)
    {
        var look = CategoryLook.Of(category);
        var seed = id.ToByteArray(bigEndian: true);
        var lines = Wrap(name);
        var svg = new StringBuilder(2048);

        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" width="480" height="480" role="img" aria-labelledby="t">
            <title id="t">{Escape(name)}</title>
            <defs><linearGradient id="g" gradientTransform="rotate({20 + (seed[15] % 50)})"><stop stop-color="{look.Light}"/><stop offset="1" stop-color="{look.Dark}"/></linearGradient></defs>
            <rect width="480" height="480" fill="url(#g)"/>
            <g fill="{look.Light}" fill-opacity=".45"><circle cx="{60 + seed[14]}" cy="{40 + (seed[13] / 2)}" r="{90 + (seed[12] / 4)}"/><circle cx="{420 - (seed[11] / 2)}" cy="{300 - (seed[10] / 4)}" r="{50 + (seed[9] / 5)}"/></g>
            <g transform="translate(100 60) scale(1.4)" fill="{look.Light}" fill-opacity=".6" stroke="{look.Ink}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">{look.Emblem}</g>
            <g font-family="Georgia, 'Times New Roman', serif" fill="{look.Ink}" text-anchor="middle">
            <text x="240" y="{418 - (lines.Count * 28)}" font-size="15" letter-spacing="3" opacity=".75">{Escape(brand.ToUpperInvariant())}</text>
            """);

        for (var i = 0; i < lines.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"240\" y=\"{452 - ((lines.Count - 1 - i) * 32)}\" font-size=\"27\">{Escape(lines[i])}</text>\n");

        return svg.Append("</g></svg>\n").ToString();
    }

    /// <summary>Breaks between words; what doesn't fit ends in an ellipsis.</summary>
    private static List<string> Wrap(string name)
    {
        var lines = new List<string> { "" };

        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > LongestLine)
                lines.Add("");

            lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
        }

        var isCut = lines.Count > MostLines;
        var shown = lines.Take(MostLines).Select(line => line.Length > LongestLine ? $"{line[..(LongestLine - 1)]}…" : line).ToList();

        if (isCut && !shown[^1].EndsWith('…'))
            shown[^1] += "…";

        return shown;
    }

    private static string Escape(string text) => SecurityElement.Escape(text)!;
}
