using System.CommandLine;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Commands;

internal static class SetupCommand
{
    public static Command Create(Checkout checkout)
    {
        var resources = CommonOptions.Resources();
        var tests = new Option<bool>("--tests") { Description = "Also install what only the tests need (Chromium, promtool)." };
        var command = new Command("setup", "Install what is missing: PostgreSQL, RabbitMQ, Redis, the orchestrator and the dashboard.") { resources, tests };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var choice = new ResourceChoice(parsed.GetValue(resources)!);
            await new Preparation(checkout).EnsureAsync(choice, parsed.GetValue(tests), cancellationToken);
            Say.Good("Everything is in place. Start with ./shopflow up.");
            return 0;
        });
        return command;
    }
}
