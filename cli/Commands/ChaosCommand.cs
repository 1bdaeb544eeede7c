using System.CommandLine;
using ShopFlow.Cli.Chaos;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class ChaosCommand
{
    private const int ShownPromises = 20;

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);

    public static Command Create(Checkout checkout)
    {
        var orders = new Option<int?>("--orders") { Description = "Orders to place at least; 2000, or 200 of a short run.", HelpName = "N" };
        var rate = new Option<double>("--rate") { Description = "Orders a second.", DefaultValueFactory = _ => 20, HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "Chooses the order of the faults, the cards and the goods.", DefaultValueFactory = _ => 42, HelpName = "N" };
        var isShort = new Option<bool>("--short") { Description = "Kill four processes instead of all, and freeze and cut for 3 s." };
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "Start a platform of its own with its data in this folder, which is emptied; .shopflow/chaos where nothing runs yet.",
            HelpName = "FOLDER",
        };
        var noBuild = new Option<bool>("--no-build") { Description = "Start what was built last." };
        Bound(orders, value => value is null or (>= 1 and <= 1_000_000), "--orders must be between 1 and 1000000.");
        Bound(rate, value => value is >= 0.1 and <= 1000, "--rate must be between 0.1 and 1000.");
        var command = new Command("chaos", "Kill, freeze and cut off one part after the other while shoppers buy: exit code 0 when nothing was lost or doubled.")
        {
            orders, rate, seed, isShort, data, noBuild,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!OperatingSystem.IsLinux())
                throw new CommandFailedException("This reads /proc and works on Linux only.");

            var brief = parsed.GetValue(isShort);
            var plan = new ChaosPlan(parsed.GetValue(orders) ?? (brief ? 200 : 2000), parsed.GetValue(rate), parsed.GetValue(seed), brief);
            var own = parsed.GetValue(data)?.FullName ?? (RunStatus.Read(checkout) is null ? Path.Combine(checkout.State, "chaos") : null);
            var result = own is null
                ? await new ChaosRun(checkout, plan).RunAsync(cancellationToken)
                : await RunAloneAsync(checkout with { OwnData = own }, plan, !parsed.GetValue(noBuild), cancellationToken);
            Print(result);
            return result.IsGood ? 0 : 1;
        });
        return command;
    }

    private static async Task<ChaosResult> RunAloneAsync(Checkout checkout, ChaosPlan plan, bool build, CancellationToken cancellationToken)
    {
        var run = new PlatformRun(checkout);
        using var only = run.RefuseSecond();
        var choice = new ResourceChoice("native");
        await new Preparation(checkout).EnsureAsync(choice, forTests: false, cancellationToken);
        if (build)
            await run.BuildAsync("Release", cancellationToken);
        if (Directory.Exists(checkout.Data))
            Directory.Delete(checkout.Data, recursive: true);
        Directory.CreateDirectory(checkout.Data);

        Say.Step("Starting");
        var host = run.Start(choice);
        try
        {
            await run.WaitUntilReadyAsync(host, s_startLimit, cancellationToken);
            return await new ChaosRun(checkout, plan).RunAsync(cancellationToken);
        }
        finally
        {
            await run.StopAsync(host);
        }
    }

    private static void Print(ChaosResult result)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Fault", "Healthy after s", "Longest wait s", "Retries");
        foreach (var fault in result.Faults)
            table.AddRow(Markup.Escape(fault.Fault), $"{fault.HealthyAfter:0.0}", $"{fault.LongestWait:0.0}", $"{fault.Retries}");
        AnsiConsole.Write(table);

        Console.WriteLine($"seed {result.Seed}: {result.Wanted} orders wanted, {result.Acknowledged} acknowledged, {result.Confirmed} confirmed, {result.Cancelled} cancelled, {result.Retries} retries");
        Console.WriteLine($"settled {result.SettledAfter:0.0} s after the last answer");
        AuditCommand.Print(result.Audit, result.Unsettled);
        foreach (var promise in result.BrokenPromises.Take(ShownPromises))
            Console.WriteLine(promise);
        if (result.BrokenPromises.Count > ShownPromises)
            Console.WriteLine($"... and {result.BrokenPromises.Count - ShownPromises} more.");
        if (result.IsGood)
            Say.Good("Nothing was lost, and nothing was doubled.");
        else
            Say.Error("Something was lost or doubled, or is still on its way: see above.");
    }

    private static void Bound<T>(Option<T> option, Func<T?, bool> holds, string message) => option.Validators.Add(result =>
    {
        if (!result.Errors.Any() && !holds(result.GetValueOrDefault<T>()))
            result.AddError(message);
    });
}
