using System.CommandLine;
using System.Text.Json;
using ShopFlow.Cli.DeadLetters;
using ShopFlow.Cli.Platform;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

/// <summary>What no handler could handle: looked at, tried again or thrown away.</summary>
internal static class DlqCommand
{
    public static Command Create(Checkout checkout) => new("dlq", "Dead letters: events that a service could not handle after all its attempts.")
    {
        List(checkout),
        Show(checkout),
        Replay(checkout),
        Drop(checkout),
    };

    private static Command List(Checkout checkout)
    {
        var (service, json) = (ServiceOption(), new Option<bool>("--json") { Description = "Print them as JSON." });
        var command = new Command("list", "List dead letters, oldest first in each queue.") { service, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var letters = await (await ConnectAsync(checkout, cancellationToken)).ListAsync(Named(parsed.GetValue(service)), cancellationToken);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(letters, DeadLetterJson.Default.IReadOnlyListDeadLetter));
            else
                Print(letters);
            return 0;
        });
        return command;
    }

    private static Command Show(Checkout checkout)
    {
        var id = new Argument<string>("ID") { Description = "As ./shopflow dlq list prints it." };
        var command = new Command("show", "Print one dead letter with its event as JSON.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var letters = await (await ConnectAsync(checkout, cancellationToken)).ListAsync(DeadLetterClient.Services, cancellationToken);
            var found = letters.Where(letter => letter.Id == parsed.GetValue(id)).ToList();
            if (found.Count == 0)
                throw new CommandFailedException($"There is no dead letter {parsed.GetValue(id)}.");

            Console.WriteLine(JsonSerializer.Serialize(found, DeadLetterJson.Default.IReadOnlyListDeadLetter));
            return 0;
        });
        return command;
    }

    private static Command Replay(Checkout checkout) => Settling(
        checkout,
        "replay",
        "Put dead letters back into their queues, with all attempts before them.",
        "put back",
        (client, services, id, cancellationToken) => client.ReplayAsync(services, id, cancellationToken),
        asksFirst: false);

    private static Command Drop(Checkout checkout) => Settling(
        checkout,
        "drop",
        "Throw dead letters away, for good.",
        "thrown away",
        (client, services, id, cancellationToken) => client.DropAsync(services, id, cancellationToken),
        asksFirst: true);

    private static Command Settling(
        Checkout checkout,
        string name,
        string description,
        string done,
        Func<DeadLetterClient, IEnumerable<string>, string?, CancellationToken, Task<int>> settle,
        bool asksFirst)
    {
        var id = new Argument<string?>("ID") { Description = "As ./shopflow dlq list prints it.", Arity = ArgumentArity.ZeroOrOne };
        var (all, yes, service) = (new Option<bool>("--all") { Description = "All of them." }, new Option<bool>("--yes") { Description = "Don't ask." }, ServiceOption());
        var command = new Command(name, description) { id, all, service };
        if (asksFirst)
            command.Add(yes);
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null == !result.GetValue(all))
                result.AddError("Name one dead letter by its ID, or all of them by --all.");
        });

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (asksFirst && parsed.GetValue(all) && !parsed.GetValue(yes) && !Confirmed())
                throw new CommandFailedException("Nothing was thrown away. Say --yes if you mean it.");

            var client = await ConnectAsync(checkout, cancellationToken);
            var count = await settle(client, Named(parsed.GetValue(service)), parsed.GetValue(id), cancellationToken);
            if (count == 0 && parsed.GetValue(id) is { } one)
                throw new CommandFailedException($"There is no dead letter {one}.");

            Console.WriteLine($"{count} {done}.");
            return 0;
        });
        return command;
    }

    private static bool Confirmed() => !Console.IsInputRedirected && AnsiConsole.Confirm("Throw all of them away?", defaultValue: false);

    private static Option<string?> ServiceOption()
    {
        var option = new Option<string?>("--service") { Description = "Of one service only.", HelpName = string.Join('|', DeadLetterClient.Services) };
        option.AcceptOnlyFromAmong([.. DeadLetterClient.Services]);
        return option;
    }

    private static IReadOnlyList<string> Named(string? service) => service is null ? DeadLetterClient.Services : [service];

    private static async Task<DeadLetterClient> ConnectAsync(Checkout checkout, CancellationToken cancellationToken) =>
        new(await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken));

    private static void Print(IReadOnlyCollection<DeadLetter> letters)
    {
        if (letters.Count == 0)
        {
            Console.WriteLine("No dead letters.");
            return;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("Id", "Queue", "Event", "Attempts", "Failed at", "Reason");
        foreach (var letter in letters)
        {
            table.AddRow(
                Markup.Escape(letter.Id),
                Markup.Escape(letter.Queue),
                Markup.Escape(letter.Event ?? "?"),
                $"{letter.Attempts}",
                $"{letter.FailedAt:yyyy-MM-dd HH:mm:ss}",
                Markup.Escape(letter.Reason ?? ""));
        }

        AnsiConsole.Write(table);
    }
}
