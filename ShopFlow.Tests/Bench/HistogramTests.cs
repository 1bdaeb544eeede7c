using ShopFlow.Cli.Bench;

namespace ShopFlow.Tests.Bench;

public sealed class HistogramTests
{
    [Fact]
    public void Percentiles_are_those_of_the_sorted_values_within_one_percent()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 20_000).Select(_ => TimeSpan.FromMicroseconds(Math.Exp(random.NextDouble() * 17))).ToList();
        var histogram = new Histogram();
        foreach (var value in values)
            histogram.Add(value);
        values.Sort();

        foreach (var share in new[] { 0.5, 0.9, 0.99, 1 })
        {
            var exact = values[(int)Math.Ceiling(share * values.Count) - 1].TotalMicroseconds;
            Assert.InRange(histogram.Percentile(share).TotalMicroseconds, Math.Floor(exact), (exact * 1.01) + 1);
        }
    }

    [Fact]
    public void Two_histograms_add_up()
    {
        var (one, other) = (new Histogram(), new Histogram());
        one.Add(TimeSpan.FromMilliseconds(1));
        other.Add(TimeSpan.FromMilliseconds(100));
        one.Add(other);

        Assert.Equal(2, one.Count);
        Assert.InRange(one.Percentile(1).TotalMilliseconds, 100, 101);
        Assert.InRange(one.Percentile(0.5).TotalMilliseconds, 1, 1.01);
        Assert.Equal(TimeSpan.Zero, new Histogram().Percentile(0.99));
    }
}
