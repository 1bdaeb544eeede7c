using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace ShopFlow.Cli.Setup;

/// <summary>The orchestrator and the dashboard of Aspire. They come inside the npm package of the aspire command, one package per
/// platform, and are unpacked into the user's cache.</summary>
internal sealed class AspireBundle(Checkout checkout)
{
    private static readonly TimeSpan s_downloadLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_unpackLimit = TimeSpan.FromMinutes(2);

    // The hash of linux-x64 is pinned. The packages of the other platforms could not be had where this was written, so for those
    // the file must match the hash that npm itself reports, and that hash is recorded in .shopflow/aspire-bundle.sha512.
    private static readonly Dictionary<string, string> s_pinned = new()
    {
        ["linux-x64"] = "sha512-8PWeRHM1+QwQB2wxDnfPsimi3EW01r04b4DjX0jIDE78SlfJabwVfYArW/48vDzYvPzKSRye6DIPVAsCFoXjBA==",
    };

    public static bool IsInstalled =>
        File.Exists(Path.Combine(Checkout.AspireBundle, "dcp", Program("dcp"))) &&
        File.Exists(Path.Combine(Checkout.AspireBundle, "managed", Program("aspire-managed")));

    /// <exception cref="CommandFailedException">npm does not reach its registry, the hash differs, or unpacking fails.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsInstalled)
            return;

        await DebianPackages.EnsureAsync([DebianPackages.Npm], cancellationToken);

        var target = Path.GetDirectoryName(Checkout.AspireBundle)!;
        var partial = $"{target}.partial-{Environment.ProcessId}";
        Directory.CreateDirectory(partial);
        try
        {
            var package = await DownloadAsync(partial, cancellationToken);
            await UnpackAsync(package, partial, cancellationToken);
        }
        finally
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    private async Task<string> DownloadAsync(string folder, CancellationToken cancellationToken)
    {
        var platform = Platform();
        var name = $"@microsoft/aspire-cli-{platform}@{Checkout.AspireVersion}";
        Say.Step($"Fetching Aspire's orchestrator and dashboard {Checkout.AspireVersion} with npm (127 MB)");

        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var start = new ProcessStartInfo(npm, ["pack", name, "--json", "--loglevel", "error", "--fetch-retries", "1", "--fetch-timeout", "60000"]) { WorkingDirectory = folder };
        var result = await Tool.RunAsync(start, s_downloadLimit, cancellationToken);
        if (!result.Succeeded)
        {
            Say.Indented(result.LastLines(6));
            throw new CommandFailedException($"npm could not fetch {name}. Check that 'npm ping' works (registry and proxy settings), then run ./shopflow setup again.");
        }

        var (file, reported) = Parse(result.Standard);
        var path = Path.Combine(folder, file);
        await VerifyAsync(path, platform, reported, cancellationToken);
        return path;
    }

    private async Task VerifyAsync(string path, string platform, string reported, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(file, cancellationToken));

        var expected = s_pinned.GetValueOrDefault(platform, reported);
        if (actual != expected)
            throw new CommandFailedException($"The package for {platform} has the hash {actual} instead of {expected}. It was not installed: what npm delivered is not what was published.");

        if (s_pinned.ContainsKey(platform))
            return;

        Say.Warning($"No hash is pinned for {platform}: the file matches what npm reports, {actual}.");
        Directory.CreateDirectory(checkout.State);
        await File.WriteAllTextAsync(Path.Combine(checkout.State, "aspire-bundle.sha512"), $"{platform} {actual}\n", cancellationToken);
    }

    private static async Task UnpackAsync(string package, string folder, CancellationToken cancellationToken)
    {
        await using (var stream = new GZipStream(File.OpenRead(package), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(stream, folder, overwriteFiles: true, cancellationToken);

        // The folder that the command takes for its own: given another one, it unpacks to both at once and may fail over that.
        var install = Path.Combine(folder, ".aspire");
        var start = new ProcessStartInfo(Path.Combine(folder, "package", "bin", Program("aspire")), ["setup", "--install-path", install, "--non-interactive"]);
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = folder;

        var result = await Tool.RunAsync(start, s_unpackLimit, cancellationToken);
        if (!result.Succeeded)
        {
            Say.Indented(result.LastLines(10));
            throw new CommandFailedException("The aspire command could not unpack its orchestrator and dashboard; its last words are above.");
        }

        // 'bundle' is a link to a folder named after the build; the folder itself is moved, in one step.
        var unpacked = new DirectoryInfo(Path.Combine(install, "bundle"));
        var source = unpacked.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? unpacked.FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(Checkout.AspireBundle)!);
        if (IsInstalled)
            return;
        if (Directory.Exists(Checkout.AspireBundle))
            Directory.Delete(Checkout.AspireBundle, recursive: true);
        Directory.Move(source, Checkout.AspireBundle);
    }

    private static (string File, string Integrity) Parse(string output)
    {
        // Older npm prints notices before the JSON.
        using var json = JsonDocument.Parse(output[output.IndexOf('[', StringComparison.Ordinal)..]);
        var pack = json.RootElement[0];
        return (Path.GetFileName(pack.GetProperty("filename").GetString()!), pack.GetProperty("integrity").GetString()!);
    }

    private static string Platform()
    {
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        if (OperatingSystem.IsWindows()) return $"win-{architecture}";
        if (OperatingSystem.IsMacOS()) return $"osx-{architecture}";
        return RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? $"linux-musl-{architecture}" : $"linux-{architecture}";
    }

    private static string Program(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
