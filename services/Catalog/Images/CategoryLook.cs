using System.Collections.Frozen;

namespace ShopFlow.Catalog.Images;

/// <summary>The colours of a category, and its emblem as SVG shapes in a box of 200 by 200, drawn with the current stroke.</summary>
internal sealed record CategoryLook(string Light, string Dark, string Ink, string Emblem)
{
    private static readonly CategoryLook Plain = new(
        "#eef0f2", "#c9d0d8", "#46525f", """<path d="M40 70 100 40l60 30v66l-60 30-60-30zM40 70l60 30 60-30M100 100v66"/>""");

    private static readonly FrozenDictionary<string, CategoryLook> BySlug = new Dictionary<string, CategoryLook>
    {
        ["coffee-tea"] = new("#f6ece1", "#d9b48f", "#5b3a21",
            """<path d="M45 85h90v35a40 40 0 0 1-40 40H85a40 40 0 0 1-40-40zM135 95h8a20 20 0 0 1 0 40h-9M70 68c-8-10 8-16 0-28M100 68c-8-10 8-16 0-28"/>"""),
        ["cookware"] = new("#eceff0", "#a9b7bd", "#2d3b42",
            """<path d="M40 90h120v45a25 25 0 0 1-25 25H65a25 25 0 0 1-25-25zM22 104h18M160 104h18M52 90a48 30 0 0 1 96 0M92 58h16"/>"""),
        ["lighting"] = new("#fdf4d8", "#f0c860", "#6b4d06",
            """<path d="M70 40h60l26 60H44zM100 100v58M68 160h64M78 116l-6 12M122 116l6 12"/>"""),
        ["bed-bath"] = new("#e6f0f3", "#9cc3cf", "#1f4a57",
            """<path d="M30 150V62M30 110h140v40M170 150v-26a18 18 0 0 0-18-18H92M48 106V92a12 12 0 0 1 12-12h20a12 12 0 0 1 12 12v14"/>"""),
        ["tops"] = new("#eef1e6", "#b9c79a", "#3d4a22",
            """<path d="m76 42-40 22 14 34 18-8v70h64V90l18 8 14-34-40-22a24 24 0 0 1-48 0z"/>"""),
        ["knitwear-jackets"] = new("#f1e7e7", "#cfa0a0", "#5c2626",
            """<path d="M78 40 46 58l-14 92h24l8-52v64h72V98l8 52h24l-14-92-32-18-22 26zM100 66v96M64 146h72"/>"""),
        ["shoes"] = new("#f0ebe4", "#c4ac8d", "#4d3720",
            """<path d="M34 72v64h134v-12c0-16-14-20-30-24l-34-34-18 14c-14 8-34 6-52-8zM34 136v14h134v-14M98 86l10-8M110 98l10-8"/>"""),
        ["camping"] = new("#e5efe6", "#90bb97", "#1f4527",
            """<path d="M100 46 28 156h144zM100 46 92 34M100 46l8-12M100 96l-28 60M100 96l28 60"/>"""),
        ["cycling"] = new("#e4eef6", "#8fb6d6", "#1c3f5e",
            """<circle cx="56" cy="124" r="34"/><circle cx="144" cy="124" r="34"/><path d="m56 124 26-52h42l20 52M82 72l22 52 20-52M56 124h48M72 72h20M120 58h16"/>"""),
        ["audio"] = new("#ebe8f4", "#ac9fd3", "#33265e",
            """<path d="M44 120v-18a56 56 0 0 1 112 0v18M44 112h14a6 6 0 0 1 6 6v34a6 6 0 0 1-6 6H50a6 6 0 0 1-6-6zM156 112h-14a6 6 0 0 0-6 6v34a6 6 0 0 0 6 6h8a6 6 0 0 0 6-6z"/>"""),
        ["stationery"] = new("#f8ebe3", "#e0ab8b", "#653316",
            """<path d="M56 40h72a12 12 0 0 1 12 12v96a12 12 0 0 1-12 12H56zM56 40v120M78 72h40M78 92h40M78 112h24M152 160V70l8-18 8 18v90z"/>"""),
    }.ToFrozenDictionary();

    public static CategoryLook Of(string slug) => BySlug.GetValueOrDefault(slug, Plain);
}
