using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;
using Spectre.Console;

namespace ShopFlow.Cli.Commands;

internal static class BenchStartCommand
{
    private sealed record Figure(string What, double Value, string Unit, double? Aim);

    private const int ServiceMegabytes = 90;
    private const int PlatformMegabytes = 1500;

    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    public static Command Create(Checkout checkout)
    {
        var resources = CommonOptions.Resources();
        var noBuild = new Option<bool>("--no-build") { Description = "Measure what was built last." };
        var command = new Command("start", "Measure second start, stop, what is alive after a kill -9 of the AppHost, and idle memory.") { resources, noBuild };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!OperatingSystem.IsLinux())
                throw new CommandFailedException("This reads /proc and works on Linux only.");

            var run = new PlatformRun(checkout);
            using var only = run.RefuseSecond();
            var choice = new ResourceChoice(parsed.GetValue(resources)!);
            await new Preparation(checkout).EnsureAsync(choice, forTests: false, cancellationToken);
            if (!parsed.GetValue(noBuild))
                await run.BuildAsync("Release", cancellationToken);

            var figures = await MeasureAsync(run, choice, cancellationToken);
            Print(figures);
            Console.WriteLine(ToJson(figures));
            return figures.All(figure => figure.Aim is null || figure.Value <= figure.Aim) ? 0 : 1;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(PlatformRun run, ResourceChoice choice, CancellationToken cancellationToken)
    {
        Say.Step("First start, so that data and caches are there");
        await run.StopAsync((await StartAsync(run, choice, cancellationToken)).Host);

        Say.Step("Second start");
        var clock = Stopwatch.StartNew();
        var (host, status) = await StartAsync(run, choice, cancellationToken);
        var start = clock.Elapsed;

        Say.Step($"Idle for {s_settle.TotalSeconds:0} s, then memory");
        await Task.Delay(s_settle, cancellationToken);
        var memory = Memory(status);

        clock.Restart();
        await run.StopAsync(host);
        var stop = clock.Elapsed;

        Say.Step("Third start, then kill -9 of the AppHost");
        (host, _) = await StartAsync(run, choice, cancellationToken);
        var ours = Processes.TreeOf(host.Pid);
        host.Kill();
        await Task.Delay(s_grace, cancellationToken);
        var survivors = ours.Where(process => process.IsAlive).ToList();
        foreach (var survivor in survivors)
            Say.Warning($"Still alive: {survivor.Id} {survivor.CommandLine}");
        run.Forget();

        return
        [
            new("second start to all healthy", start.TotalSeconds, "s", 15),
            new("stop", stop.TotalSeconds, "s", 5),
            new($"processes alive {s_grace.TotalSeconds:0} s after kill -9 of the AppHost (of {ours.Count})", survivors.Count, "", 0),
            .. memory,
        ];
    }

    private static async Task<(AppHostProcess Host, RunStatus Status)> StartAsync(PlatformRun run, ResourceChoice choice, CancellationToken cancellationToken)
    {
        var host = run.Start(choice);
        return (host, await run.WaitUntilReadyAsync(host, s_startLimit, cancellationToken));
    }

    // Proportional set size: memory shared between processes is divided among them, so the sum is what the machine gives.
    private static IEnumerable<Figure> Memory(RunStatus status)
    {
        var figures = status.Resources
            .Where(resource => resource.Pid > 0)
            .Select(resource => new Figure(
                $"idle memory of {resource.Name}",
                Processes.TreeOf(resource.Pid!.Value).Sum(process => process.ProportionalMegabytes),
                "MB",
                resource.Type == "Project" ? ServiceMegabytes : null))
            .ToList();
        return [.. figures, new Figure("idle memory of all of these", figures.Sum(figure => figure.Value), "MB", PlatformMegabytes)];
    }

    private static void Print(IEnumerable<Figure> figures)
    {
        var table = new Table().AddColumns("Figure", "Measured", "Aim");
        foreach (var figure in figures)
        {
            var colour = figure.Aim is null ? "default" : figure.Value <= figure.Aim ? "green" : "red";
            table.AddRow(
                Markup.Escape(figure.What),
                $"[{colour}]{figure.Value:0.#} {figure.Unit}[/]",
                figure.Aim is null ? "" : $"{figure.Aim} {figure.Unit}");
        }

        AnsiConsole.Write(table);
    }

    private static string ToJson(IEnumerable<Figure> figures) => new JsonArray([.. figures.Select(figure => new JsonObject
    {
        ["what"] = figure.What,
        ["value"] = Math.Round(figure.Value, 2),
        ["unit"] = figure.Unit,
        ["aim"] = figure.Aim,
    })]).ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
