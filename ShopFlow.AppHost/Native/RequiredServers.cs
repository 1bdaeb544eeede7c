namespace ShopFlow.AppHost.Native;

/// <summary>What the scripts beside this file need on this machine.</summary>
internal static class RequiredServers
{
    private static readonly string[] s_programFolders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        "/usr/lib/rabbitmq/bin",
    ];

    /// <exception cref="DistributedApplicationException">Something is missing; the message lists all of it and says what to do.</exception>
    public static void Check()
    {
        const string Remedy = "Run ./shopflow setup to install them, or use containers: ./shopflow up --resources containers.";

        if (OperatingSystem.IsWindows())
            throw new DistributedApplicationException("On Windows PostgreSQL, RabbitMQ and Redis run in containers, and no container engine answers. Start Docker or Podman.");

        var missing = Missing().ToList();
        if (missing.Count > 0)
            throw new DistributedApplicationException($"Not installed: {string.Join(", ", missing)}. {Remedy}");
    }

    private static IEnumerable<string> Missing()
    {
        if (!IsInstalled("bash")) yield return "bash";
        if (!IsInstalled("postgres") && !HasDebianPostgres()) yield return "PostgreSQL";
        if (!IsInstalled("rabbitmq-server") || !IsInstalled("epmd")) yield return "RabbitMQ";
        if (!IsInstalled("redis-server")) yield return "Redis";
    }

    private static bool IsInstalled(string program) => s_programFolders.Any(folder => File.Exists(Path.Combine(folder, program)));

    // Debian keeps the server's programs out of the PATH, in a folder per major version.
    private static bool HasDebianPostgres()
    {
        const string Versions = "/usr/lib/postgresql";
        return Directory.Exists(Versions) && Directory.EnumerateDirectories(Versions).Any(version => File.Exists(Path.Combine(version, "bin/postgres")));
    }
}
