using System.CommandLine;
using System.Diagnostics;
using System.Xml.Linq;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Setup;

namespace ShopFlow.Cli.Commands;

internal static class TestCommand
{
    private sealed record Counts(int Passed, int Failed, int Skipped);

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(25);

    public static Command Create(Checkout checkout)
    {
        var filter = new Option<string?>("--filter") { Description = "Only the tests that match, as in 'dotnet test --filter'.", HelpName = "EXPRESSION" };
        var noBuild = new Option<bool>("--no-build") { Description = "Test what was built last." };
        var command = new Command("test", "Run every test. Works beside a running platform.") { filter, noBuild };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var clock = Stopwatch.StartNew();
            // Building over the programs of a running platform would pull them out from under it.
            var configuration = AppHostProcess.Find(checkout) is null ? "Release" : "Debug";
            await new Preparation(checkout).EnsureAsync(new ResourceChoice("auto"), forTests: true, cancellationToken);
            if (!parsed.GetValue(noBuild))
                await new PlatformRun(checkout).BuildAsync(configuration, cancellationToken);

            Say.Step("Testing");
            var results = Path.Combine(checkout.State, "test-results");
            if (Directory.Exists(results))
                Directory.Delete(results, recursive: true);

            var run = await Tool.RunAsync(DotnetTest(checkout, configuration, results, parsed.GetValue(filter)), s_limit, cancellationToken, Console.WriteLine);
            var counts = Count(results);
            Console.WriteLine($"Took {clock.Elapsed.TotalSeconds:0} s.");
            Console.WriteLine($"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped");

            if (counts is { Passed: 0, Failed: 0, Skipped: 0 })
                throw new CommandFailedException("No test ran.");
            return run.Succeeded && counts.Failed == 0 ? 0 : 1;
        });
        return command;
    }

    private static ProcessStartInfo DotnetTest(Checkout checkout, string configuration, string results, string? filter)
    {
        List<string> arguments =
        [
            // One test project after the other: each starts servers of its own.
            "test", checkout.Solution, "--no-build", "-c", configuration, "--nologo", "-maxcpucount:1",
            "--results-directory", results, "--logger", "trx", "--logger", "console;verbosity=minimal",
            // A test that hangs is stopped and named.
            "--blame-hang", "--blame-hang-timeout", "6min", "--blame-hang-dump-type", "none",
        ];
        if (filter is not null)
            arguments.AddRange(["--filter", filter]);

        return new ProcessStartInfo(Tool.Dotnet, arguments) { WorkingDirectory = checkout.Root };
    }

    private static Counts Count(string results)
    {
        if (!Directory.Exists(results))
            return new Counts(0, 0, 0);

        var outcomes = Directory.EnumerateFiles(results, "*.trx", SearchOption.AllDirectories)
            .SelectMany(file => XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "UnitTestResult"))
            .Select(result => result.Attribute("outcome")?.Value ?? "Failed")
            .ToList();

        var passed = outcomes.Count(outcome => outcome == "Passed");
        var skipped = outcomes.Count(outcome => outcome == "NotExecuted");
        return new Counts(passed, outcomes.Count - passed - skipped, skipped);
    }
}
