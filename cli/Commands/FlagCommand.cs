using System.CommandLine;
using ShopFlow.Cli.Flags;
using ShopFlow.Cli.Platform;
using ShopFlow.Flags;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class FlagCommand
{
    public static Command Create(Checkout checkout)
    {
        var name = new Argument<string?>("NAME") { Description = "The flag; without one all are listed.", Arity = ArgumentArity.ZeroOrOne };
        var value = new Argument<string?>("VALUE") { Description = "on, off, or a share of the requests such as 20%.", Arity = ArgumentArity.ZeroOrOne };
        value.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && FlagShare.Parse(token.Value) is null)
                result.AddError($"VALUE must be on, off, or 0% to 100%, not {token.Value}.");
        });
        var command = new Command("flag", "Show the feature flags of the running platform, or set one: failures for practice, and switches of the business.")
        {
            name, value,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken);
            var flags = new FlagClient(gateway);
            if (parsed.GetValue(name) is { } chosen && parsed.GetValue(value) is { } wanted)
                await SetAsync(flags, chosen, FlagShare.Parse(wanted)!.Value, cancellationToken);
            else
                await ShowAsync(flags, parsed.GetValue(name), cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task SetAsync(FlagClient flags, string name, int percent, CancellationToken cancellationToken)
    {
        await flags.SetAsync(name, percent, cancellationToken);
        Say.Good($"{name} is {FlagShare.Show(percent)}. The services see it within four seconds.");
    }

    private static async Task ShowAsync(FlagClient flags, string? only, CancellationToken cancellationToken)
    {
        var list = await flags.ListAsync(cancellationToken);
        var shown = list.Where(flag => only is null || flag.Name == only).ToList();
        if (shown.Count == 0)
            throw new CommandFailedException($"There is no flag {only}. ./shopflow flag lists them.");

        var table = new Table().Border(TableBorder.None).AddColumns("Flag", "", "While it is on");
        foreach (var flag in shown)
            table.AddRow(Markup.Escape(flag.Name), FlagShare.Show(flag.Percent), Markup.Escape(flag.Description));
        AnsiConsole.Write(table);
    }
}
