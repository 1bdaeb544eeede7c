namespace ShopFlow.Cli.Bench;

/// <summary>
/// Products for a catalogue of any size. Words are as frequent as in a language, a few often and most seldom, so that a search has as much to
/// do as with real ones. The same each time.
/// </summary>
internal static class GeneratedProducts
{
    private const int Seed = 7;
    private const int Brands = 300;
    private const int Vocabulary = 8000;
    private const int DescriptionWords = 24;

    private static readonly string[] s_categories =
        ["coffee-tea", "cookware", "lighting", "bed-bath", "tops", "knitwear-jackets", "shoes", "camping", "cycling", "audio", "stationery"];

    private static readonly string[] s_qualities =
        ["Brushed", "Washed", "Folding", "Compact", "Classic", "Heavy", "Light", "Woven", "Forged", "Insulated", "Padded", "Striped", "Waxed", "Recycled", "Glazed"];

    private static readonly string[] s_materials =
        ["Oak", "Walnut", "Steel", "Copper", "Linen", "Cotton", "Wool", "Leather", "Ceramic", "Glass", "Bamboo", "Cork", "Felt", "Brass", "Canvas"];

    private static readonly string[] s_things =
    [
        "Kettle", "Skillet", "Desk Lamp", "Duvet Cover", "Shirt", "Sweater", "Sneaker", "Tent", "Helmet", "Headphones", "Notebook", "Mug", "Teapot", "Knife",
        "Towel", "Pillow", "Jacket", "Boot", "Backpack", "Bottle", "Speaker", "Pen", "Planner", "Chair", "Stool", "Basket", "Tray", "Bowl", "Clock", "Blanket",
    ];

    private static readonly string[] s_sizes = ["XS", "S", "M", "L", "XL"];
    private static readonly string[] s_syllables = ["ba", "ko", "mi", "ru", "te", "lan", "dor", "vi", "shen", "gra", "ple", "no", "ster", "qui", "far", "ul"];

    public static IEnumerable<GeneratedProduct> Take(int count)
    {
        var random = new Random(Seed);
        var words = Enumerable.Range(0, Vocabulary).Select(_ => Word(random, 2 + random.Next(3))).ToArray();
        var brands = Enumerable.Range(0, Brands).Select(_ => Capital(Word(random, 3))).ToArray();
        for (var number = 0; number < count; number++)
            yield return Make(random, number, words, brands);
    }

    private static GeneratedProduct Make(Random random, int number, string[] words, string[] brands)
    {
        var size = random.Next(s_sizes.Length - 1);
        return new(
            $"generated-{number}",
            $"{Any(random, s_qualities)} {Any(random, s_materials)} {Any(random, s_things)} {Capital(Frequent(random, words))} {number}",
            Frequent(random, brands),
            Capital(string.Join(' ', Enumerable.Range(0, DescriptionWords).Select(_ => Frequent(random, words)))) + ".",
            Any(random, s_categories),
            [.. Enumerable.Range(0, 2).Select(variant => ($"GEN-{number}-{variant}", s_sizes[size + variant]))],
            random.Next(1, 900));
    }

    private static string Any(Random random, string[] values) => values[random.Next(values.Length)];

    /// <summary>By Zipf's law, nearly.</summary>
    private static string Frequent(Random random, string[] values) => values[(int)(Math.Pow(values.Length, random.NextDouble()) - 1)];

    private static string Word(Random random, int syllables) => string.Concat(Enumerable.Range(0, syllables).Select(_ => Any(random, s_syllables)));

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
