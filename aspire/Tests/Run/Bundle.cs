using System.Reflection;

namespace Aspire.StandIn.Tests.Run;

/// <summary>Where the orchestrator and the dashboard are, as the AppHost of the tests was told at build time.</summary>
internal static class Bundle
{
    public static string Orchestrator { get; } = Metadata("dcpclipath");

    public static string Dashboard { get; } = Metadata("aspiredashboardpath");

    private static string Metadata(string key) => typeof(Projects.Aspire_StandIn_TestAppHost).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => string.Equals(attribute.Key, key, StringComparison.OrdinalIgnoreCase)).Value!;
}
