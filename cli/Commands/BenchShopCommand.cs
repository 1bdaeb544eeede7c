using System.CommandLine;
using System.Text.Json;
using ShopFlow.Cli.Bench;
using ShopFlow.Cli.Platform;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class BenchShopCommand
{
    public static Command Create(Checkout checkout)
    {
        var scenario = new Option<string[]>("--scenario")
        {
            Description = $"What to measure: {string.Join(", ", ShopBench.Scenarios)}, or all.",
            DefaultValueFactory = _ => ["all"],
            AllowMultipleArgumentsPerToken = true,
            HelpName = "NAME",
        };
        scenario.AcceptOnlyFromAmong([.. ShopBench.Scenarios, "all"]);
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
        var viaOrchestrator = new Option<bool>("--via-orchestrator")
        {
            Description = "Go through the orchestrator's TCP proxy, as a browser does, instead of to the gateway's replicas.",
        };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to a file.", HelpName = "FILE" };
        var command = new Command("shop", "Load the running platform as shoppers would, and print rates, latencies and errors.")
        {
            scenario, duration, warmUp, clients, rate, viaOrchestrator, json,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            // Work goes on where the answer came in: handing it to another thread would cost the driver more than the rest of a request.
            Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
            var chosen = parsed.GetValue(scenario)!;
            var names = chosen.Contains("all") ? ShopBench.Scenarios : chosen.Distinct();
            Say.Step("Preparing");
            var shop = await ShopUnderLoad.PrepareAsync(checkout, cancellationToken);
            var addresses = parsed.GetValue(viaOrchestrator) ? [] : GatewayReplicas.Of(RunStatus.Read(checkout) ?? RunStatus.Nothing);
            var bench = new ShopBench(checkout, shop, addresses is [] ? [shop.Gateway] : addresses)
            {
                Clients = parsed.GetValue(clients),
                Rate = parsed.GetValue(rate),
                WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
            };
            var results = new List<LoadResult>();
            foreach (var name in names)
            {
                Say.Step($"Measuring {name}");
                results.AddRange(await bench.MeasureAsync(name, cancellationToken));
            }

            Print(results);
            Console.WriteLine($"{Environment.ProcessorCount} cores, the driver on the same ones. Sent to {string.Join(" and ", bench.Addresses)}.");
            if (parsed.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(new(Environment.ProcessorCount, DateTimeOffset.UtcNow, results), BenchJson.Default.BenchReport), cancellationToken);
            return results.Any(result => result.Errors.Count > 0) ? 1 : 0;
        });
        return command;
    }

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
