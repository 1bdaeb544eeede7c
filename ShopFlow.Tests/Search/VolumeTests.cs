using System.Diagnostics;
using ShopFlow.Cli.Bench;
using ShopFlow.Contracts;
using ShopFlow.Search.Index;
using ShopFlow.Search.Querying;
using ShopFlow.Search.Text;

namespace ShopFlow.Tests.Search;

/// <summary>Figures of the index alone; ./shopflow bench products and bench shop have those of the whole way.</summary>
public sealed class VolumeTests(ITestOutputHelper output)
{
    private const int Products = 100_000;
    private const int Queries = 500;

    private static readonly string[] Texts =
        ["", "kettle", "oak desk lamp", "waled steel kettel", "light", "copper mug 4711", "headphnes", "ba", "shirt xl", "leather boot striped brushed", "xyzzyqqq"];

    [Fact(Explicit = true)]
    public void Figures_of_100_000_products()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var index = new SearchIndex();
        foreach (var batch in GeneratedProducts.Take(Products).Select(Describe).Chunk(200))
            index.Apply(batch.Select(product => (product, 1L)));
        output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds,8:0.0} s   to index {index.Count} products with {index.Vocabulary.Count} words");
        output.WriteLine($"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024,8} MB  more memory in use");

        var synonyms = Synonyms.Read(file: null);
        var (searcher, suggester) = (new Searcher(synonyms), new Suggester(synonyms));
        foreach (var text in Texts)
        {
            Measure($"search '{text}', {searcher.Search(index, SearchQuery.For(text, 20)).Total} found", () => searcher.Search(index, SearchQuery.For(text, 20)));
            Measure($"suggest '{text}'", () => suggester.Suggest(index, text, 10));
        }
    }

    private void Measure(string what, Action work)
    {
        var times = new List<double>();
        for (var i = 0; i < Queries; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        output.WriteLine($"{times[Queries / 2],8:0.00} ms  median, {times[Queries * 99 / 100],6:0.00} ms p99  {what}");
    }

    private static CatalogProduct Describe(GeneratedProduct product) =>
        new(
            Guid.CreateVersion7(),
            product.Name,
            product.Brand,
            product.Description,
            [new("all", "All"), new(product.Category, product.Category)],
            "Active",
            DateTimeOffset.UnixEpoch,
            ["Size"],
            [.. product.Variants.Select(variant => new CatalogVariant(
                variant.Sku, variant.Size, [variant.Size], Currencies.Codes.ToDictionary(code => code, _ => product.Price * 100L)))]);
}
