using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Commands;

internal static class ResetCommand
{
    public static Command Create(Checkout checkout)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var command = new Command("reset", "Delete all data of the local run: databases, queues, cache. Secrets are kept.") { yes };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (AppHostProcess.Find(checkout) is { } host)
                throw new CommandFailedException($"The platform runs as process {host.Pid}. Stop it first with ./shopflow down.");
            if (!parsed.GetValue(yes) && !Confirm(checkout))
                return 1;

            DeleteData(checkout.Data);
            await DeleteVolumesAsync(checkout, cancellationToken);
            Say.Good("The data is gone. The next ./shopflow up makes it anew.");
            return 0;
        });
        return command;
    }

    private static bool Confirm(Checkout checkout)
    {
        if (Console.IsInputRedirected)
            throw new CommandFailedException("There is nobody to ask here. Use --yes to delete all data.");

        Console.Error.Write($"Delete all data in {checkout.Data}? [y/N] ");
        return Console.ReadLine()?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static void DeleteData(string folder)
    {
        if (!Directory.Exists(folder))
            return;

        try
        {
            // PostgreSQL's folder is a link when its user cannot reach the checkout.
            foreach (var entry in new DirectoryInfo(folder).EnumerateDirectories())
            {
                if (entry.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Exists: true } target)
                    target.Delete(recursive: true);
            }

            Directory.Delete(folder, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailedException($"Some of {folder} belongs to another user, as it does after a run as root. Run: sudo ./shopflow reset.");
        }
    }

    private static async Task DeleteVolumesAsync(Checkout checkout, CancellationToken cancellationToken)
    {
        if (await Machine.ContainerEngineAsync(cancellationToken) is not { } engine)
            return;

        // Aspire names volumes {application}-{hash of the AppHost's path}-{resource}-data.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkout.AppHostProject.ToLowerInvariant())))[..10];
        var limit = TimeSpan.FromSeconds(30);
        var listed = await Tool.RunAsync(engine, ["volume", "ls", "--quiet", "--filter", $"name=-{hash}-"], limit, cancellationToken);
        foreach (var volume in listed.Standard.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Tool.RunAsync(engine, ["volume", "rm", volume], limit, cancellationToken);
    }
}
