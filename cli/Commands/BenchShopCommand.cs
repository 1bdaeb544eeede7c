using System.CommandLine;
using System.Text.Json;
using ShopFlow.Cli.Bench;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class BenchShopCommand
{
    private static readonly Dictionary<string, int> s_usualClients = new()
    {
        ["list"] = 16,
        ["detail"] = 16,
        ["browse"] = 16,
        ["cart"] = 16,
        ["checkout"] = 64,
        ["hot-sku"] = 64,
        ["login"] = 4,
        ["refresh"] = 16,
    };

    public static Command Create(Checkout checkout)
    {
        var scenario = new Option<string[]>("--scenario")
        {
            Description = $"What to measure: {string.Join(", ", s_usualClients.Keys)}, or all.",
            DefaultValueFactory = _ => ["all"],
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME",
        };
        scenario.AcceptOnlyFromAmong([.. s_usualClients.Keys, "all"]);
        var duration = Seconds("--duration", "Seconds that count.", 20, least: 1);
        var warmUp = Seconds("--warmup", "Seconds before those.", 10, least: 0);
        var clients = new Option<int?>("--clients") { Description = "Connections; each scenario has its usual number.", HelpName = "N" };
        clients.Validators.Add(result => Between(result, clients, 1, 4096));
        var rate = new Option<double?>("--rate") { Description = "Starts a second (open loop); without it each client goes on when it was answered.", HelpName = "N" };
        rate.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<double?>() is <= 0)
                result.AddError("--rate must be more than 0.");
        });
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to a file.", HelpName = "FILE" };
        var command = new Command("shop", "Load the running platform as shoppers would, and print rates, latencies and errors.")
        {
            scenario, duration, warmUp, clients, rate, json,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var chosen = parsed.GetValue(scenario)!;
            var names = chosen.Contains("all") ? [.. s_usualClients.Keys] : chosen.Distinct().ToList();
            Say.Step("Preparing");
            var shop = await ShopUnderLoad.PrepareAsync(checkout, cancellationToken);
            var results = new List<LoadResult>();
            foreach (var name in names)
            {
                Say.Step($"Measuring {name}");
                var count = parsed.GetValue(clients) ?? s_usualClients[name];
                var load = new Load(
                    shop.Gateway, count, parsed.GetValue(rate), TimeSpan.FromSeconds(parsed.GetValue(warmUp)), TimeSpan.FromSeconds(parsed.GetValue(duration)));
                var result = await load.RunAsync(name, await StepAsync(name, shop, count, cancellationToken), cancellationToken);
                results.Add(result with { Baseline = await BaselineAsync(name, checkout, cancellationToken) });
            }

            Print(results);
            if (parsed.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(new(Environment.ProcessorCount, DateTimeOffset.UtcNow, results), BenchJson.Default.BenchReport), cancellationToken);
            return results.Any(result => result.Errors.Count > 0) ? 1 : 0;
        });
        return command;
    }

    private static async Task<Func<HttpConnection, int, Task>> StepAsync(string name, ShopUnderLoad shop, int clients, CancellationToken cancellationToken)
    {
        var scenarios = new Scenarios(shop);
        return name switch
        {
            "list" => scenarios.ListAsync,
            "detail" => scenarios.DetailAsync,
            "browse" => scenarios.BrowseAsync,
            "cart" => scenarios.CartAsync,
            "checkout" => scenarios.CheckoutAsync,
            "hot-sku" => scenarios.HotSkuAsync,
            "login" => scenarios.Login(await shop.RegisterAsync(clients, cancellationToken)),
            "refresh" => scenarios.Refresh(await shop.RegisterAsync(clients, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown scenario."),
        };
    }

    private static async Task<Baseline?> BaselineAsync(string name, Checkout checkout, CancellationToken cancellationToken) => name switch
    {
        "login" => Baselines.Hashing(),
        "checkout" or "hot-sku" or "refresh" => await Baselines.SmallTransactionsAsync(checkout, cancellationToken),
        _ => null,
    };

    private static void Print(List<LoadResult> results)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("Scenario", "Clients", "Rate/s", "p50 ms", "p90 ms", "p99 ms", "Max ms", "Errors", "Baseline/s", "Ratio");
        foreach (var result in results)
        {
            table.AddRow(
                result.Scenario,
                $"{result.Clients}",
                $"{result.Rate:N1}",
                $"{result.P50:N1}",
                $"{result.P90:N1}",
                $"{result.P99:N1}",
                $"{result.Max:N0}",
                $"{result.Errors.Values.Sum():N0}",
                result.Baseline is { } baseline ? $"{baseline.Rate:N1}" : "",
                result.Ratio is { } ratio ? $"{ratio:0.000}" : "");
        }

        AnsiConsole.Write(table);
        foreach (var what in results.Select(result => result.Baseline?.What).OfType<string>().Distinct())
            Console.WriteLine($"Baseline: {what}.");
        foreach (var result in results)
        {
            foreach (var (error, count) in result.Errors.OrderByDescending(error => error.Value))
                Console.WriteLine($"{result.Scenario}: {count} x {error}");
        }

        Console.WriteLine($"{Environment.ProcessorCount} cores, the driver on the same ones.");
    }

    private static Option<double> Seconds(string name, string description, double usual, double least)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "SECONDS" };
        option.Validators.Add(result =>
        {
            if (!result.Errors.Any() && !(result.GetValueOrDefault<double>() >= least && result.GetValueOrDefault<double>() <= 3600))
                result.AddError($"{name} must be between {least} and 3600.");
        });
        return option;
    }

    private static void Between(System.CommandLine.Parsing.OptionResult result, Option<int?> option, int least, int most)
    {
        if (!result.Errors.Any() && result.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
            result.AddError($"{option.Name} must be between {least} and {most}.");
    }
}
