namespace ShopFlow.Cli.Chaos;

/// <summary>Something that goes wrong.</summary>
/// <param name="Name">What is told of it.</param>
/// <param name="InjectAsync">Returns when it is over, or when it is up to the platform to get over it.</param>
/// <param name="Killed">The instance whose process is killed; null for other faults.</param>
internal sealed record Fault(string Name, Func<CancellationToken, Task> InjectAsync, string? Killed = null);
