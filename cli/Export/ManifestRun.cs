using System.Diagnostics;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Export;

/// <summary>Has the AppHost write what the model is.</summary>
internal sealed class ManifestRun(Checkout checkout)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>Where the AppHost writes the manifest, and to which its paths are relative.</summary>
    public static string FolderIn(Checkout checkout) => Path.Combine(checkout.State, "export");

    /// <returns>The text of <c>aspire-manifest.json</c>.</returns>
    /// <exception cref="CommandFailedException">The model does not build, or cannot be published.</exception>
    public async Task<string> WriteAsync(bool build, CancellationToken cancellationToken)
    {
        // Building over the programs of a running platform would pull them out from under it.
        var configuration = AppHostProcess.Find(checkout) is null ? "Release" : "Debug";
        if (build)
        {
            await new AspireFeed(checkout).EnsureAsync(cancellationToken);
            await new PlatformRun(checkout).BuildAsync(configuration, cancellationToken, checkout.AppHostProject);
        }

        var assembly = checkout.AppHostAssemblyOf(configuration);
        if (!File.Exists(assembly))
            throw new CommandFailedException("ShopFlow.AppHost is not built. Leave out --no-build.");

        var path = Path.Combine(FolderIn(checkout), "aspire-manifest.json");
        var start = new ProcessStartInfo(Tool.Dotnet, [assembly, "--publisher", "manifest", "--output-path", path]) { WorkingDirectory = checkout.Root };
        var result = await Tool.RunAsync(start, s_limit, cancellationToken);
        if (result.Succeeded)
            return await File.ReadAllTextAsync(path, cancellationToken);

        Say.Indented(result.LastLines(20));
        throw new CommandFailedException("The model cannot be published; the reason is above.");
    }
}
