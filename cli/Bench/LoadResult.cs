namespace ShopFlow.Cli.Bench;

/// <summary>What a load of one kind came to. Latencies are milliseconds from when a request was to be sent.</summary>
internal sealed record LoadResult(
    string Scenario, int Clients, double? AskedRate, double Seconds, long Done, double Rate, double P50, double P90, double P99, double Max, IReadOnlyDictionary<string, long> Errors)
{
    public Baseline? Baseline { get; init; }

    public double? Ratio => Baseline is { Rate: > 0 } baseline ? Rate / baseline.Rate : null;
}
