using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using ShopFlow.Cli.Platform;
using ShopFlow.Cli.Search;

namespace ShopFlow.Cli.Commands;

/// <summary>The index of the catalogue.</summary>
internal static class SearchCommand
{
    private const string Path = "admin/search/rebuild";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    public static Command Create(Checkout checkout) => new("search", "The index that products are found in.") { Rebuild(checkout) };

    private static Command Rebuild(Checkout checkout)
    {
        var command = new Command("rebuild", "Read the whole catalogue into the index anew, while the shop runs, and wait until that is done.");
        command.SetAction(async (_, cancellationToken) =>
        {
            using var gateway = await RunningGateway.ConnectAsAdminAsync(checkout, cancellationToken);
            var clock = Stopwatch.StartNew();
            var rebuild = await AskAsync(gateway, HttpMethod.Post, cancellationToken);
            while (rebuild.FinishedAt is null)
            {
                if (clock.Elapsed > s_limit)
                    throw new CommandFailedException($"{rebuild.Read} products were read within {s_limit.TotalMinutes:0} minutes. The rest goes on without this command.");

                await Task.Delay(s_pause, cancellationToken);
                rebuild = await AskAsync(gateway, HttpMethod.Get, cancellationToken);
            }

            Console.WriteLine($"{rebuild.Read} products read in {(rebuild.FinishedAt - rebuild.RequestedAt).Value.TotalSeconds:0.0} s.");
            return 0;
        });
        return command;
    }

    private static async Task<RebuildStatus> AskAsync(HttpClient gateway, HttpMethod method, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Path);
        using var answer = await gateway.SendAsync(request, cancellationToken);
        await answer.ThrowIfRefusedAsync("search", cancellationToken);
        return (await answer.Content.ReadFromJsonAsync(SearchJson.Default.RebuildStatus, cancellationToken))!;
    }
}
