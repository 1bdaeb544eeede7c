using System.CommandLine;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Commands;

internal static class UpCommand
{
    public static Command Create(Checkout checkout)
    {
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when everything is healthy and leave it running; stop it with ./shopflow down." };
        var resources = CommonOptions.Resources();
        var gatewayPort = CommonOptions.Port("--gateway-port", "the gateway", 8080);
        var dashboardPort = CommonOptions.Port("--dashboard-port", "the dashboard", 15888);
        var noBuild = new Option<bool>("--no-build") { Description = "Start what was built last." };
        var timeout = new Option<int>("--timeout")
        {
            Description = "Seconds until everything must be healthy.",
            DefaultValueFactory = _ => 180,
            HelpName = "SECONDS",
        };
        var command = new Command("up", "Start the platform: install what is missing, build, start, wait until everything is healthy.")
        {
            detach, resources, gatewayPort, dashboardPort, noBuild, timeout,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new PlatformRun(checkout);
            using var only = run.RefuseSecond();
            var gateway = Ports.Choose("the gateway", parsed.GetValue(gatewayPort), 8080, "--gateway-port");
            var dashboard = Ports.Choose("the dashboard", parsed.GetValue(dashboardPort), 15888, "--dashboard-port");
            var choice = new ResourceChoice(parsed.GetValue(resources)!);

            await new Preparation(checkout).EnsureAsync(choice, forTests: false, cancellationToken);
            if (!parsed.GetValue(noBuild))
                await run.BuildAsync("Release", cancellationToken);

            Say.Step("Starting");
            var host = run.Start(choice, gateway, dashboard);
            var status = await run.WaitUntilReadyAsync(host, TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellationToken);
            Announce(status);
            if (parsed.GetValue(detach))
                return 0;

            Say.Line("Ctrl-C stops everything.");
            return await StayAsync(run, host, checkout, cancellationToken);
        });
        return command;
    }

    private static void Announce(RunStatus status)
    {
        Say.Good("Everything is healthy.");
        Console.WriteLine($"dashboard  {status.Dashboard}");
        Console.WriteLine($"gateway    {status.Gateway}");
        Console.WriteLine($"API docs   {status.Gateway}/docs");
        if (status.Storefront is not null)
            Console.WriteLine($"storefront {status.Storefront}");
        if (status.Admin is not null)
            Console.WriteLine($"admin      {status.Admin}");
    }

    private static async Task<int> StayAsync(PlatformRun run, AppHostProcess host, Checkout checkout, CancellationToken cancellationToken)
    {
        try
        {
            while (!host.HasExited)
                await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await run.StopAsync(host);
            return 0;
        }

        // Somebody else stopped it in an orderly way, or it crashed and left its status behind.
        var crashed = File.Exists(checkout.StatusFile);
        run.Forget();
        return crashed ? throw new CommandFailedException($"The AppHost ended unexpectedly. Its output is in {checkout.AppHostLog}.") : 0;
    }
}
