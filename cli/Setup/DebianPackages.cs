using System.Diagnostics;

namespace ShopFlow.Cli.Setup;

/// <summary>Installs what is missing from Debian's packages; on other systems it tells what to install.</summary>
internal static class DebianPackages
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static readonly IReadOnlyList<DebianPackage> Servers =
    [
        new("postgresql", () => Machine.HasPostgres, "PostgreSQL"),
        new("rabbitmq-server", () => Machine.HasRabbitMQ, "RabbitMQ"),
        new("redis-server", () => Machine.HasRedis, "Redis"),
    ];

    public static readonly IReadOnlyList<DebianPackage> TestTools =
    [
        new("chromium", () => Tool.Exists("chromium"), "Chromium"),
        new("prometheus", () => Tool.Exists("promtool"), "promtool"),
    ];

    public static readonly DebianPackage Npm = new("npm", () => Tool.Exists("npm"), "npm");

    /// <exception cref="CommandFailedException">Something is missing and cannot be installed here; the message has the command to run.</exception>
    public static async Task EnsureAsync(IEnumerable<DebianPackage> packages, CancellationToken cancellationToken)
    {
        var missing = packages.Where(package => !package.IsInstalled()).ToList();
        if (missing.Count == 0)
            return;

        var what = string.Join(", ", missing.Select(package => package.Title));
        if (!Tool.Exists("apt-get"))
            throw new CommandFailedException($"{what} must be installed with this system's package manager (no apt-get here). {ContainersInstead}");

        Say.Step($"Installing {what} from Debian packages");
        var result = await Tool.RunAsync(await InstallerAsync(missing, cancellationToken), s_limit, cancellationToken, Progress);
        if (!result.Succeeded)
        {
            Say.Indented(result.LastLines(15));
            throw new CommandFailedException($"apt-get could not install {what}; its last words are above. {ContainersInstead}");
        }

        if (missing.FirstOrDefault(package => !package.IsInstalled()) is { } absent)
            throw new CommandFailedException($"apt-get installed {absent.Name}, yet {absent.Title} is not found.");
    }

    private const string ContainersInstead = "Or start a container engine and use ./shopflow up --resources containers.";

    private static async Task<ProcessStartInfo> InstallerAsync(IReadOnlyList<DebianPackage> missing, CancellationToken cancellationToken)
    {
        await using var script = typeof(DebianPackages).Assembly.GetManifestResourceStream("install-debian-packages.sh")!;
        var text = await new StreamReader(script).ReadToEndAsync(cancellationToken);
        string[] command = ["sh", "-c", text, "install-debian-packages", .. missing.Select(package => package.Name)];

        if (Machine.IsRoot)
            return new ProcessStartInfo(command[0], command[1..]);

        var byHand = $"apt-get install {string.Join(' ', missing.Select(package => package.Name))}";
        if (!Tool.Exists("sudo"))
            throw new CommandFailedException($"Installing needs root, and there is no sudo. Run as root: {byHand}. {ContainersInstead}");

        var mayAsk = !Console.IsInputRedirected;
        if (!mayAsk && !(await Tool.RunAsync("sudo", ["-n", "true"], TimeSpan.FromSeconds(10), cancellationToken)).Succeeded)
            throw new CommandFailedException($"Installing needs root, and sudo wants a password. Run: sudo {byHand}. {ContainersInstead}");

        return new ProcessStartInfo("sudo", command);
    }

    private static void Progress(string line)
    {
        if (line.StartsWith("Unpacking ", StringComparison.Ordinal) || line.StartsWith("Setting up ", StringComparison.Ordinal))
            Say.Line($"  {line.TrimEnd('.', ' ')}");
    }
}
