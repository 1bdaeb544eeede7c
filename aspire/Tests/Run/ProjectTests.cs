using System.Diagnostics;
using Aspire.Hosting.Testing;

namespace Aspire.StandIn.Tests.Run;

public sealed class ProjectTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [RunModeFact]
    public async Task Replicas_share_an_address_and_the_death_of_one_leaves_the_other()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_StandIn_TestAppHost>(Cancellation);
        await using var application = await builder.BuildAsync(Cancellation);
        await application.StartAsync(Cancellation).WaitAsync(Limit, Cancellation);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("service", Cancellation).WaitAsync(Limit, Cancellation);

        var address = application.GetEndpoint("service");
        var processes = await AnswerersAsync(address, atLeast: 2);
        Assert.Equal(2, processes.Count);

        Process.GetProcessById(processes.First()).Kill();
        var dead = await application.ResourceNotifications
            .WaitForResourceAsync("service", change => change.Snapshot.State?.Text == KnownResourceStates.Finished, Cancellation)
            .WaitAsync(Limit, Cancellation);

        Assert.Equal([processes.Last()], await AnswerersAsync(address, atLeast: 1));

        // The dead replica is started again by its own name, as from the dashboard.
        Assert.True((await application.ResourceCommands.ExecuteCommandAsync(
            dead.ResourceId, KnownResourceCommands.StartCommand, Cancellation)).Success);
        Assert.Equal(2, (await AnswerersAsync(address, atLeast: 2)).Count);
    }

    [RunModeFact]
    public async Task A_project_gets_the_environment_of_the_model_and_is_told_its_own_address()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_StandIn_TestAppHost>(Cancellation);
        await using var application = await builder.BuildAsync(Cancellation);
        await application.StartAsync(Cancellation).WaitAsync(Limit, Cancellation);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("service", Cancellation).WaitAsync(Limit, Cancellation);

        using var client = application.CreateHttpClient("service");
        Assert.Equal("hello", await client.GetStringAsync("/environment/GREETING", Cancellation));
        Assert.StartsWith(
            "http://localhost:", await client.GetStringAsync("/environment/ASPNETCORE_URLS", Cancellation), StringComparison.Ordinal);
    }

    /// <summary>Asks over new connections, which the proxy spreads, until so many processes have answered and 20 more times.</summary>
    private static async Task<HashSet<int>> AnswerersAsync(Uri address, int atLeast)
    {
        var answerers = new HashSet<int>();
        var clock = Stopwatch.StartNew();
        for (var more = 20; more > 0;)
        {
            using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
            answerers.Add(int.Parse(await client.GetStringAsync("/", Cancellation)));
            more -= answerers.Count >= atLeast ? 1 : 0;
            Assert.True(clock.Elapsed < Limit, $"Only {answerers.Count} of {atLeast} processes have answered.");
        }

        return answerers;
    }
}
