namespace ShopFlow.ServiceDefaults.Health;

/// <summary>What the health endpoints answer: names and states, nothing of the inside.</summary>
internal sealed record HealthReportBody(string Status, IReadOnlyDictionary<string, string> Checks);
