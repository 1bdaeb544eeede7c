namespace ShopFlow.Export.Environments;

/// <summary>What a game day breaks on purpose.</summary>
/// <param name="Faults">Calls to services that their callers' proxies hold up or answer themselves.</param>
/// <param name="Kills">Of which services and servers a pod is killed, again and again.</param>
/// <param name="KillEvery">How often.</param>
/// <param name="Slow">By how much longer the answers of services and servers take.</param>
internal sealed record GameDaySettings(
    IReadOnlyDictionary<string, Fault> Faults, IReadOnlyList<string> Kills, TimeSpan KillEvery, IReadOnlyDictionary<string, TimeSpan> Slow);

internal sealed record Fault(Delay? Delay, Abort? Abort);

/// <param name="Share">Percent of the calls, 0 to 100.</param>
internal sealed record Delay(TimeSpan Time, double Share);

/// <param name="Status">What they are answered with, 400 to 599.</param>
/// <param name="Share">Percent of the calls, 0 to 100.</param>
internal sealed record Abort(int Status, double Share);
