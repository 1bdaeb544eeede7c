using System.Diagnostics;
using System.Xml.Linq;

namespace ShopFlow.Cli.Setup;

/// <summary>Asks the NuGet feed once whether it has the Aspire packages, and writes the answer to <c>.shopflow/aspire.props</c>, from
/// where the build reads it.</summary>
internal sealed class AspireFeed(Checkout checkout)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>Whether the build uses the real packages.</summary>
    public bool UsesPackages => File.Exists(checkout.AspireProps) && Answer() == "true";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(checkout.AspireProps) && Asked() == Checkout.AspireVersion)
            return;

        Say.Step($"Asking the NuGet feed for Aspire {Checkout.AspireVersion}");
        switch (await ProbeAsync(cancellationToken))
        {
            case true:
                Write("true");
                Say.Line("  it has the packages: they are used");
                break;
            case false:
                Write("false");
                Say.Line("  it does not have them: the stand-in in aspire/ is used");
                break;
            default:
                Say.Warning("The feed cannot be asked now (see 'dotnet nuget list source'): the stand-in in aspire/ is used, and the next setup asks again.");
                break;
        }
    }

    // true: all there; false: a package or its version is absent; null: the feed gave no answer.
    private async Task<bool?> ProbeAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("shopflow-feed-").FullName;
        try
        {
            var project = Path.Combine(folder, "Probe.csproj");
            await File.WriteAllTextAsync(project, ProjectWith(Packages()), cancellationToken);

            var start = new ProcessStartInfo(Tool.Dotnet, ["restore", project, "-v", "q"]) { WorkingDirectory = folder };
            var result = await Tool.RunAsync(start, s_limit, cancellationToken);
            if (result.Succeeded)
                return true;

            string[] absent = ["NU1101", "NU1102", "NU1103"];
            return absent.Any(result.Output.Contains) ? false : null;
        }
        catch (CommandFailedException)
        {
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private IEnumerable<string> Packages() => XDocument.Load(Path.Combine(checkout.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion")
        .Select(package => package.Attribute("Include")!.Value)
        .Where(name => name.StartsWith("Aspire.", StringComparison.Ordinal))
        .Append("Aspire.AppHost.Sdk");

    private static string ProjectWith(IEnumerable<string> packages) => new XDocument(
        new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0")),
            new XElement("ItemGroup", packages.Select(name => new XElement("PackageDownload",
                new XAttribute("Include", name),
                new XAttribute("Version", $"[{Checkout.AspireVersion}]")))))).ToString();

    private void Write(string answer)
    {
        Directory.CreateDirectory(checkout.State);
        var unfinished = checkout.AspireProps + ".new";
        new XDocument(
            new XElement("Project",
                new XComment($" Written by ./shopflow setup: what the NuGet feed said about Aspire {Checkout.AspireVersion}. Delete it to ask again. "),
                new XElement("PropertyGroup",
                    new XElement("AspirePackagesAsked", Checkout.AspireVersion),
                    new XElement("AspirePackages", new XAttribute("Condition", "'$(AspirePackages)' == ''"), answer)))).Save(unfinished);
        File.Move(unfinished, checkout.AspireProps, overwrite: true);
    }

    private string? Answer() => Read("AspirePackages");

    private string? Asked() => Read("AspirePackagesAsked");

    private string? Read(string property) => XDocument.Load(checkout.AspireProps).Descendants(property).FirstOrDefault()?.Value;
}
