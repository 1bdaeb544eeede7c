namespace ShopFlow.Export.Comparison;

/// <summary>A program in a cluster, as far as two exporters can be asked about it.</summary>
/// <param name="Ports">What its Services offer, and where it listens for that: <c>80 to 8080</c>.</param>
/// <param name="Variables">Its environment. What only the cluster knows stands in it as <c>⟨secret/key⟩</c>.</param>
internal sealed record RunningWorkload(string Kind, string Name, string Image, string Ports, IReadOnlyDictionary<string, string> Variables);
