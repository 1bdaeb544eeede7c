using System.CommandLine;
using System.Diagnostics;
using ShopFlow.Cli.Bench;
using ShopFlow.Cli.Platform;

namespace ShopFlow.Cli.Commands;

/// <summary>Fills the running shop with generated products, for figures of a large catalogue.</summary>
internal static class BenchProductsCommand
{
    private const int Most = 100_000;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    public static Command Create(Checkout checkout)
    {
        var count = new Option<int>("--count") { Description = $"How many, at most {Most}.", DefaultValueFactory = _ => Most, HelpName = "N" };
        count.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 1 or > Most)
                result.AddError($"--count must be between 1 and {Most}.");
        });
        var command = new Command("products", "Import generated products into the running platform; ./shopflow reset takes them away with all else.") { count };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var gateway = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken, s_limit);
            var clock = Stopwatch.StartNew();
            using var file = new GeneratedFile(parsed.GetValue(count));
            using var answer = await gateway.PostAsync("admin/products/import", file, cancellationToken);
            await answer.ThrowIfRefusedAsync("The catalogue", cancellationToken);

            Say.Good($"{parsed.GetValue(count)} products imported in {clock.Elapsed.TotalSeconds:0.0} s.");
            return 0;
        });
        return command;
    }
}
