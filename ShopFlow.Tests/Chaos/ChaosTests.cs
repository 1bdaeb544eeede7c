using ShopFlow.Cli.Chaos;
using ShopFlow.Tests.Platform;

namespace ShopFlow.Tests.Chaos;

/// <summary>The short form of <c>./shopflow chaos</c>, on the platform that the other tests have used.</summary>
[Collection(nameof(RunningPlatform))]
public sealed class ChaosTests(RunningPlatform platform, ITestOutputHelper output)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_parts_are_killed_frozen_and_cut_off()
    {
        var checkout = new ShopFlow.Cli.Checkout(Checkout.Root) { OwnData = platform.DataDirectory };
        var plan = new ChaosPlan(Orders: 100, Rate: 5, Seed: 42, Short: true);
        var slow = await Shopper.RegisterAsync(platform.Gateway, Cancelled);
        var (order, bank) = await slow.PlaceChallengedOrderAsync(Cancelled);

        var result = await new ChaosRun(checkout, plan).RunAsync(Cancelled);

        foreach (var fault in result.Faults)
            output.WriteLine($"{fault.Fault}: healthy after {fault.HealthyAfter} s, longest wait {fault.LongestWait} s, {fault.Retries} retries");
        Assert.Empty(result.BrokenPromises);
        Assert.True(result.Unsettled.IsNothing, $"{result.Unsettled}");
        Assert.All(result.Audit, check => Assert.Empty(check.Breaches));
        Assert.True(result.Wanted >= plan.Orders);
        Assert.Equal(result.Wanted, result.Confirmed + result.Cancelled);
        Assert.True(result.Confirmed > result.Wanted / 2, $"only {result.Confirmed} of {result.Wanted} orders were paid");

        // The shopper who was at the bank's page all the time comes back from it.
        using var http = new HttpClient();
        using var answered = await http.PostAsync(new Uri($"{bank}/approve"), content: null, Cancelled);
        Assert.Equal("Confirmed", (await slow.WaitForOrderAsync(order, Cancelled)).GetProperty("status").GetString());
    }
}
