using System.Diagnostics;

namespace ShopFlow.Cli.Setup;

/// <summary>What this machine has. Asking changes nothing.</summary>
internal static class Machine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static bool HasPostgres => Tool.Exists("postgres") || DebianPostgres() is not null;

    public static bool HasRabbitMQ => Tool.Exists("rabbitmq-server") || File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server");

    public static bool HasRedis => Tool.Exists("redis-server");

    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>The newest PostgreSQL that Debian installed, which keeps its programs out of the PATH.</summary>
    public static string? DebianPostgres()
    {
        const string Versions = "/usr/lib/postgresql";
        return Directory.Exists(Versions)
            ? Directory.EnumerateDirectories(Versions).Select(version => Path.Combine(version, "bin/postgres")).Where(File.Exists).Max()
            : null;
    }

    /// <summary>The container client whose engine answers: <c>docker</c>, <c>podman</c> or null.</summary>
    public static async Task<string?> ContainerEngineAsync(CancellationToken cancellationToken)
    {
        foreach (var client in new[] { "docker", "podman" }.Where(Tool.Exists))
        {
            try
            {
                if ((await Tool.RunAsync(client, ["info"], s_patience, cancellationToken)).Succeeded)
                    return client;
            }
            catch (CommandFailedException)
            {
                // A client that hangs is as good as none.
            }
        }

        return null;
    }

    /// <summary>The first line of <c>program --version</c>, for people.</summary>
    public static async Task<string> VersionOfAsync(string program, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(new ProcessStartInfo(program, ["--version"]), s_patience, cancellationToken);
        return result.LastLines(int.MaxValue).FirstOrDefault()?.Trim() ?? "";
    }
}
