using System.CommandLine;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class DoctorCommand
{
    private sealed record Finding(string What, bool IsGood, string Says, bool IsNeeded = true);

    public static Command Create(Checkout checkout)
    {
        var command = new Command("doctor", "Say what this machine has, what is missing, and how to get it. Changes nothing.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var findings = await ExamineAsync(checkout, cancellationToken);
            foreach (var finding in findings)
                Print(finding);

            if (findings.All(finding => finding.IsGood || !finding.IsNeeded))
                return 0;

            Say.Error("Something needed is missing. ./shopflow setup installs what it can.");
            return 1;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Finding>> ExamineAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        var engine = await Machine.ContainerEngineAsync(cancellationToken);
        var feed = new AspireFeed(checkout);
        List<Finding> findings =
        [
            new(".NET SDK", true, await Machine.VersionOfAsync(Tool.Dotnet, cancellationToken)),
            new("container engine", engine is not null, engine ?? "none answers: the servers installed here are used", IsNeeded: false),
        ];

        foreach (var server in DebianPackages.Servers)
            findings.Add(Installed(server, isNeeded: engine is null));

        findings.Add(new("Aspire packages", true, feed.UsesPackages ? "from the feed" : "not used: the stand-in in aspire/ takes their place"));
        if (!feed.UsesPackages)
        {
            findings.Add(new("orchestrator, dashboard", AspireBundle.IsInstalled, AspireBundle.IsInstalled ? Checkout.AspireBundle : "missing: ./shopflow setup"));
            if (!AspireBundle.IsInstalled)
                findings.Add(Installed(DebianPackages.Npm, isNeeded: true));
        }

        foreach (var tool in DebianPackages.TestTools)
            findings.Add(Installed(tool, isNeeded: false) with { What = tool.Title + " (tests)" });

        findings.Add(Port("gateway", 8080));
        findings.Add(Port("dashboard", 15888));
        var run = RunStatus.Read(checkout);
        findings.Add(new("platform", true, run is null ? "does not run" : $"runs as process {run.Pid}, dashboard {run.Dashboard}"));
        return findings;
    }

    private static Finding Installed(DebianPackage package, bool isNeeded) => package.IsInstalled()
        ? new(package.Title, true, "installed", isNeeded)
        : new(package.Title, false, $"missing: ./shopflow setup, or apt-get install {package.Name}", isNeeded);

    private static Finding Port(string what, int port) => Ports.IsFree(port)
        ? new($"port {port}", true, $"free for the {what}")
        : new($"port {port}", false, $"in use: the {what} takes the next free one", IsNeeded: false);

    private static void Print(Finding finding)
    {
        var (mark, colour) = finding switch
        {
            { IsGood: true } => ("ok", "green"),
            { IsNeeded: true } => ("missing", "red"),
            _ => ("note", "yellow"),
        };
        AnsiConsole.MarkupLine($"[{colour}]{mark,-8}[/] {Markup.Escape(finding.What),-24} {Markup.Escape(finding.Says)}");
    }
}
