using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Bench;

/// <summary>Where the replicas of the gateway listen themselves. The orchestrator's TCP proxy before them is for development: no cluster has it.</summary>
internal static class GatewayReplicas
{
    /// <returns>Empty where that cannot be told: on another system than Linux, or when a process may not be looked into.</returns>
    public static IReadOnlyList<Uri> Of(RunStatus run) =>
        [.. run.Resources.Where(resource => resource is { Name: "gateway", Pid: > 0 }).Select(replica => AddressOf(replica.Pid!.Value)).OfType<Uri>()];

    private static Uri? AddressOf(int pid)
    {
        var variables = Processes.Lines($"/proc/{pid}/environ")
            .SelectMany(line => line.Split('\0'))
            .Select(variable => variable.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        var management = variables["Gateway__ManagementPort"].FirstOrDefault();
        return variables["ASPNETCORE_URLS"]
            .SelectMany(urls => urls.Split(';'))
            .Select(url => new Uri(url))
            .FirstOrDefault(url => url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) != management);
    }
}
