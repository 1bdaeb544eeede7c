using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The options that an AppHost understands on its command line.</summary>
internal static class CommandLineSwitches
{
    public static Dictionary<string, string> Mappings { get; } = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--dcp-cli-path"] = "DcpPublisher:CliPath",
        ["--dcp-container-runtime"] = "DcpPublisher:ContainerRuntime",
        ["--dcp-dashboard-path"] = "DcpPublisher:DashboardPath",
    };

    /// <exception cref="DistributedApplicationException">The operation is neither run nor publish.</exception>
    public static DistributedApplicationExecutionContextOptions ReadOperation(IConfiguration configuration)
    {
        var publisher = configuration["Publishing:Publisher"];
        var isPublish = configuration["AppHost:Operation"]?.ToLowerInvariant() switch
        {
            "publish" => true,
            "run" => false,
            null => publisher is not null,
            _ => throw new DistributedApplicationException("Invalid operation specified. Valid operations are 'publish' or 'run'."),
        };

        return isPublish
            ? new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Publish, publisher ?? "manifest")
            : new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Run);
    }
}
