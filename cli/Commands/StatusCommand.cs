using System.CommandLine;
using ShopFlow.Cli.Platform;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class StatusCommand
{
    public static Command Create(Checkout checkout)
    {
        var json = new Option<bool>("--json") { Description = "Print {dashboard, gateway, storefront, admin, resources:[{name, state, health, urls}]}." };
        var command = new Command("status", "Show what runs: exit code 0 when all is healthy, 1 when something is not or nothing runs.") { json };

        command.SetAction(parsed =>
        {
            var status = RunStatus.Read(checkout);
            if (parsed.GetValue(json))
                Console.WriteLine((status ?? RunStatus.Nothing).ToJson());
            if (status is null)
                throw new CommandFailedException("Nothing runs from this checkout. Start it with ./shopflow up.");

            if (!parsed.GetValue(json))
                Print(status);
            return status.Resources.All(resource => resource.IsReady) ? 0 : 1;
        });
        return command;
    }

    private static void Print(RunStatus status)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Resource", "State", "Addresses");
        foreach (var resource in status.Resources.Where(resource => resource.Type != "Parameter"))
        {
            var colour = resource.IsReady ? "green" : resource.HasFailed ? "red" : "yellow";
            table.AddRow(
                new Markup(Markup.Escape(resource.Name)),
                new Markup($"[{colour}]{Markup.Escape(resource.Text)}[/]"),
                new Markup(Markup.Escape(string.Join(' ', resource.Urls))));
        }

        AnsiConsole.Write(table);
        Console.WriteLine();
        Console.WriteLine($"dashboard  {status.Dashboard}");
        Console.WriteLine($"gateway    {status.Gateway}");
    }
}
