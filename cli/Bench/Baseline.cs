namespace ShopFlow.Cli.Bench;

/// <summary>What this machine manages without the shop, in the same run. Rate a second.</summary>
internal sealed record Baseline(string What, double Rate);
