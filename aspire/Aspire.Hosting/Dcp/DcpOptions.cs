using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Where the orchestrator and the dashboard are and how ports are given out. Each setting comes from the section
/// <c>DcpPublisher</c>, else from its environment variable, else from the AppHost's assembly metadata.
/// </summary>
internal sealed record DcpOptions
{
    public string? CliPath { get; init; }

    public string? DashboardPath { get; init; }

    public string? ContainerRuntime { get; init; }

    public string? ResourceNameSuffix { get; init; }

    /// <summary>Ignores the fixed public ports of proxied endpoints, so that several applications can run side by side.</summary>
    public bool RandomizePorts { get; init; }

    /// <summary>How long a Service may take to get its address.</summary>
    public TimeSpan ServiceStartupWatchTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public static DcpOptions Read(IConfiguration configuration, Assembly? appHost)
    {
        var section = configuration.GetSection("DcpPublisher");

        return new DcpOptions
        {
            CliPath = FirstGiven(section["CliPath"], InFolder(configuration["ASPIRE_DCP_PATH"]), Metadata(appHost, "dcpclipath")),
            DashboardPath = FirstGiven(
                section["DashboardPath"], configuration["ASPIRE_DASHBOARD_PATH"], Metadata(appHost, "aspiredashboardpath")),
            ContainerRuntime = FirstGiven(
                section["ContainerRuntime"], configuration["ASPIRE_CONTAINER_RUNTIME"], configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"]),
            ResourceNameSuffix = FirstGiven(section["ResourceNameSuffix"]),
            RandomizePorts = section.GetValue("RandomizePorts", false),
        };
    }

    private static string? InFolder(string? folder) =>
        string.IsNullOrWhiteSpace(folder) ? null : Path.Combine(folder, OperatingSystem.IsWindows() ? "dcp.exe" : "dcp");

    private static string? Metadata(Assembly? assembly, string key) => assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    private static string? FirstGiven(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
}
