namespace Aspire.StandIn.Tests.Run;

/// <summary>Tiny programs to run as resources.</summary>
internal static class Programs
{
    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script) =>
        builder.AddExecutable(name, "sh", Path.GetTempPath(), "-c", script);

    public static IResourceBuilder<ExecutableResource> AddSleep(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddExecutable(name, "sleep", Path.GetTempPath(), "1000");

    /// <summary>A web server of an empty folder; its port comes from the orchestrator.</summary>
    public static IResourceBuilder<ExecutableResource> AddWebServer(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddWebServer(name, Directory.CreateTempSubdirectory("aspire-tests-").FullName);

    public static IResourceBuilder<ExecutableResource> AddWebServer(
        this IDistributedApplicationBuilder builder, string name, string folder) => builder
        .AddExecutable(name, "sh", folder, "-c", "exec python3 -u -m http.server --bind 127.0.0.1 $PORT")
        .WithHttpEndpoint(env: "PORT");
}
