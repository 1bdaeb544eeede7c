using System.CommandLine;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Commands;

internal static class DownCommand
{
    public static Command Create(Checkout checkout)
    {
        var command = new Command("down", "Stop the platform.");
        command.SetAction(async (_, _) =>
        {
            var run = new PlatformRun(checkout);
            if (AppHostProcess.Find(checkout) is { } host)
                await run.StopAsync(host);
            else
                Say.Line("Nothing runs from this checkout.");

            run.Forget();
            return 0;
        });
        return command;
    }
}
