using System.CommandLine;
using System.Net.Http.Json;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Recommendations;

namespace ShopFlow.Cli.Commands;

/// <summary>What belongs together, counted anew.</summary>
internal static class RecommendationsCommand
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    public static Command Create(Checkout checkout) => new("recommendations", "What is bought and looked at together.") { Rebuild(checkout) };

    private static Command Rebuild(Checkout checkout)
    {
        var command = new Command("rebuild", "Count everything anew from the stored orders and visits, while the shop runs, and correct what differs.");
        command.SetAction(async (_, cancellationToken) =>
        {
            using var gateway = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken, s_limit);
            var found = await RebuildAsync(gateway, cancellationToken);
            Console.WriteLine($"{found.Products} products and {found.Pairs} counts of pairs; {found.CorrectedProducts} and {found.CorrectedPairs} corrected.");
            return 0;
        });
        return command;
    }

    private static async Task<RebuildResult> RebuildAsync(HttpClient gateway, CancellationToken cancellationToken)
    {
        using var answer = await gateway.PostAsync("admin/recommendations/rebuild", content: null, cancellationToken);
        await answer.ThrowIfRefusedAsync("recommendations", cancellationToken);
        return (await answer.Content.ReadFromJsonAsync(RebuildJson.Default.RebuildResult, cancellationToken))!;
    }
}
