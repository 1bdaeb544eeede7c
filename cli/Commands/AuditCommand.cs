using System.CommandLine;
using System.Text.Json;
using ShopFlow.Cli.Audit;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class AuditCommand
{
    private const int ShownBreaches = 50;

    public static Command Create(Checkout checkout)
    {
        var json = new Option<bool>("--json") { Description = "Print the checks as JSON." };
        var settle = new Option<int>("--settle")
        {
            Description = "Seconds to wait until nothing is on its way any more.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        settle.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 0 or > 3600)
                result.AddError("--settle must be between 0 and 3600.");
        });
        var command = new Command("audit", "Check on live data that stock, money and orders add up: exit code 0 when they do, 1 when they don't, 2 when that can't be told.")
        {
            json,
            settle,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await using var audit = await ShopAudit.ConnectAsync(checkout, cancellationToken);
                var unsettled = await audit.SettleAsync(TimeSpan.FromSeconds(parsed.GetValue(settle)), _ => { }, cancellationToken);
                var results = await audit.RunAsync(cancellationToken);

                if (parsed.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(results, AuditJson.Default.IReadOnlyListCheckResult));
                else
                    Print(results, unsettled);
                return results.All(result => result.Breaches.Count == 0) ? 0 : 1;
            }
            catch (CommandFailedException e)
            {
                Say.Error(e.Message);
                return 2;
            }
        });
        return command;
    }

    public static void Print(IReadOnlyList<CheckResult> results, Unsettled unsettled)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Check", "Compares", "Examined", "Breaches");
        foreach (var result in results)
        {
            var colour = result.Breaches.Count == 0 ? "green" : "red";
            table.AddRow(
                Markup.Escape(result.Check), Markup.Escape(result.Compares), $"{result.Examined:N0}", $"[{colour}]{result.Breaches.Count:N0}[/]");
        }

        AnsiConsole.Write(table);
        if (!unsettled.IsNothing)
            Say.Warning($"Not everything had settled ({unsettled}): what is open may show as a breach.");

        var breaches = results.SelectMany(result => result.Breaches).ToList();
        foreach (var breach in breaches.Take(ShownBreaches))
            Console.WriteLine($"{breach.Kind} {breach.Subject}: {breach.Detail}");
        if (breaches.Count > ShownBreaches)
            Console.WriteLine($"... and {breaches.Count - ShownBreaches} more; --json has all of them.");
    }
}
