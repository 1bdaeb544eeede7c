namespace ShopFlow.Cli.Audit;

/// <summary>One check: what it compared, how many rows it looked at, and what it found wrong.</summary>
internal sealed record CheckResult(string Check, string Compares, long Examined, IReadOnlyList<Breach> Breaches);
