using ShopFlow.Search.Index;
using ShopFlow.Search.Querying;
using ShopFlow.Search.Text;
using ShopFlow.Tests.Servers;

namespace ShopFlow.Tests.Search;

/// <summary>How good the results are, by the queries of relevance.txt over the seed catalogue.</summary>
public sealed class RelevanceTests(ITestOutputHelper output)
{
    private const double LeastMeanReciprocalRank = 0.9;

    [Fact]
    public void The_mean_reciprocal_rank_of_the_first_expected_hit_is_at_least_0_9()
    {
        var index = SeedCatalogue.Index();
        var searcher = new Searcher(Synonyms.Read(file: null));
        var queries = Queries();

        var ranks = queries.ConvertAll(query => (query.Text, Rank: RankOf(query, searcher, index)));

        foreach (var (text, rank) in ranks.Where(query => query.Rank != 1))
            output.WriteLine($"{text}: {(rank == 0 ? "not among the first ten" : $"rank {rank}")}");

        var mean = ranks.Average(query => query.Rank == 0 ? 0 : 1.0 / query.Rank);
        output.WriteLine($"{mean:0.000} over {ranks.Count} queries");
        Assert.Equal(60, ranks.Count);
        Assert.True(mean >= LeastMeanReciprocalRank, $"The mean reciprocal rank is {mean:0.000}.");
    }

    private static int RankOf((string Text, string[] Expected) query, Searcher searcher, SearchIndex index)
    {
        var found = searcher.Search(index, SearchQuery.For(query.Text, limit: 10)).Products.Select(product => SeedCatalogue.SlugOf(product.Id)).ToList();
        return found.FindIndex(query.Expected.Contains) + 1;
    }

    private static List<(string Text, string[] Expected)> Queries()
    {
        var queries = File.ReadLines(RepositoryFiles.Path("ShopFlow.Tests/Search/relevance.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(": "))
            .Select(query => (query[0], query[1].Split(", ")))
            .ToList();

        // A slug that no product has would count as a miss of the search.
        var slugs = SeedCatalogue.Products.Select(product => SeedCatalogue.SlugOf(product.Id)).ToHashSet();
        Assert.DoesNotContain(queries.SelectMany(query => query.Item2), slug => !slugs.Contains(slug));
        return queries;
    }
}
