using System.Diagnostics;

namespace ShopFlow.Cli.Images;

/// <summary>
/// Makes images with the container support of the .NET SDK; services/Directory.Build.targets says what is in them. It builds in a folder of its
/// own, so that neither a running platform nor the builds of an editor are disturbed, and what did not change is not built again.
/// </summary>
internal sealed class ImageBuild(Checkout checkout, ImageTarget target, string version, string? baseImage)
{
    private const string Platform = "linux-x64";

    private static readonly TimeSpan s_publishLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan s_imageLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_questionLimit = TimeSpan.FromMinutes(1);

    private string? _dirtyRevision;

    /// <summary>The folder in which the bills of materials are, besides being in the images.</summary>
    public string Bills => target is ImageTarget.Archives archives ? archives.Folder : Path.Combine(Artifacts, "bills");

    private string Artifacts => Path.Combine(checkout.State, "images");

    /// <summary>The image that those of the services begin with.</summary>
    public async Task<string> BaseImageAsync(ServiceProject service, CancellationToken cancellationToken) =>
        (await RunAsync([service.File, "-getProperty:ContainerBaseImage", .. Common()], s_questionLimit, cancellationToken)).Standard.Trim();

    /// <summary>Builds the services, for Linux.</summary>
    /// <returns>Whether they are compiled ahead of time; they are not where the feed lacks what that takes.</returns>
    public async Task<bool> PublishAsync(IReadOnlyList<ServiceProject> services, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            Path.Combine(checkout.Services, "Images.proj"), "-restore", "-t:Publish", "-m", "-p:_IsPublishing=true",
            $"-p:Services={string.Join("%3B", services.Select(service => service.File))}", .. Common(),
        ];
        var result = await RunAsync(arguments, s_publishLimit, cancellationToken);
        var isReadyToRun = result.Succeeded || !LacksReadyToRun(result.Output);
        if (!isReadyToRun)
        {
            Say.Warning($"The NuGet feed lacks the ReadyToRun compiler or the runtime's packs for {Platform}: these images start slower, because everything is compiled in them.");
            result = await RunAsync([.. arguments, "-p:PublishReadyToRun=false"], s_publishLimit, cancellationToken);
        }

        ThrowIfFailed(result, "The services cannot be published; the errors are above.");
        return isReadyToRun;
    }

    /// <summary>Has the images say when they are not made of what is committed. Where git knows nothing they say nothing.</summary>
    /// <returns>Whether that is so.</returns>
    public async Task<bool> MarkRevisionAsync(CancellationToken cancellationToken)
    {
        if (!Tool.Exists("git"))
            return false;

        var revision = await Tool.RunAsync("git", ["-C", checkout.Root, "rev-parse", "HEAD"], s_questionLimit, cancellationToken);
        var changes = await Tool.RunAsync("git", ["-C", checkout.Root, "status", "--porcelain"], s_questionLimit, cancellationToken);
        if (revision.Succeeded && changes is { Succeeded: true, Standard.Length: > 0 })
            _dirtyRevision = $"{revision.Standard.Trim()}-dirty";
        return _dirtyRevision is not null;
    }

    /// <summary>Writes the bill of materials of a service that is published beside its assemblies, from where it goes into the image.</summary>
    public async Task WriteBillAsync(ServiceProject service, string basis, CancellationToken cancellationToken)
    {
        var published = Path.Combine(Artifacts, "publish", service.AssemblyName, $"release_{Platform}");
        var dependencies = await File.ReadAllTextAsync(Path.Combine(published, $"{service.AssemblyName}.deps.json"), cancellationToken);
        var licenses = PackageLicenses.Of(await File.ReadAllTextAsync(Path.Combine(Artifacts, "obj", service.AssemblyName, "project.assets.json"), cancellationToken));

        var bill = BillOfMaterials.Create($"{target.Registry}/{service.Name}", version, basis, dependencies, licenses.Find);
        Directory.CreateDirectory(Bills);
        await File.WriteAllTextAsync(Path.Combine(Bills, $"{service.Name}.cdx.json"), bill, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(published, BillOfMaterials.FileName), bill, cancellationToken);
    }

    /// <summary>Makes the image of a service that is published and has its bill of materials.</summary>
    public async Task<BuiltImage> MakeAsync(ServiceProject service, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            service.File, "-t:PublishContainer", "-getProperty:GeneratedContainerManifest", "-getProperty:GeneratedContainerDigest",
            $"-p:ContainerImageTag={version}", $"-p:ContainerVersion={version}", .. target.Properties(service.Name).Select(property => $"-p:{property}"),
            .. _dirtyRevision is null ? [] : new[] { $"-p:SourceRevisionId={_dirtyRevision}" }, .. Common(),
        ];
        var result = await RunAsync(arguments, s_imageLimit, cancellationToken);
        ThrowIfFailed(result, $"The image of {service.Name} was not made; the errors are above.");
        return BuiltImage.Parse(service.Name, result.Standard);
    }

    /// <summary>Whether a restore failed over the packs that ReadyToRun needs and nothing else does.</summary>
    internal static bool LacksReadyToRun(string output)
    {
        string[] packs = ["Microsoft.NETCore.App.Crossgen2", "Microsoft.NETCore.App.Runtime", "Microsoft.AspNetCore.App.Runtime"];
        string[] absent = ["NU1101", "NU1102", "NU1103"];
        var errors = output.Split('\n').Where(line => line.Contains("error ")).ToArray();
        return errors.Length > 0 && errors.All(line => line.Contains("NETSDK1094") || (absent.Any(line.Contains) && packs.Any(line.Contains)));
    }

    private IEnumerable<string> Common()
    {
        List<string> common = ["-nologo", "-v:q", "-p:Configuration=Release", $"-p:RuntimeIdentifier={Platform}", $"-p:ArtifactsPath={Artifacts}"];
        if (baseImage is not null)
            common.Add($"-p:ContainerBaseImage={baseImage}");
        return common;
    }

    private Task<ToolResult> RunAsync(IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken) =>
        Tool.RunAsync(new ProcessStartInfo(Tool.Dotnet, ["msbuild", .. arguments]) { WorkingDirectory = checkout.Root }, limit, cancellationToken);

    private static void ThrowIfFailed(ToolResult result, string message)
    {
        if (result.Succeeded)
            return;

        // Stack traces of the SDK are errors too, a line each.
        Say.Indented(result.Output.Split('\n').Where(line => line.Contains("error ") && !line.Contains(":    at ")).Distinct().DefaultIfEmpty(result.Output).Take(20));
        throw new CommandFailedException(message);
    }
}
