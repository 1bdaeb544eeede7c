using ShopFlow.Cli.Bench;

namespace ShopFlow.Tests.Bench;

public sealed class LoadTests
{
    private static readonly Uri s_nowhere = new("http://127.0.0.1:1");
    private static readonly TimeSpan s_stall = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_a_given_rate_a_stall_counts_for_everybody_whom_it_made_wait()
    {
        var result = await StallOnceAsync(rate: 100);

        // 100 were to start in the second, half of them during the stall; those waited 250 ms on average.
        Assert.Equal(100, result.Done);
        Assert.InRange(result.P90, 300, result.Max);
        Assert.InRange(result.Max, s_stall.TotalMilliseconds * 0.98, 5000);
    }

    [Fact]
    public async Task Without_a_rate_a_stall_is_one_slow_request()
    {
        var result = await StallOnceAsync(rate: null);

        Assert.True(result.Done > 100, $"only {result.Done} were done in the half second that was left");
        Assert.True(result.P90 < 300, $"p90 is {result.P90} ms");
        Assert.InRange(result.Max, s_stall.TotalMilliseconds * 0.98, 5000);
    }

    [Fact]
    public async Task What_fails_is_counted_by_what_it_says_and_not_among_the_done()
    {
        var work = 0;
        var result = await LoadOf(rate: 50).RunAsync("failing", FailEverySecondAsync, Cancelled);

        Assert.Equal((25, 25L), (result.Done, result.Errors["closed"]));

        Task FailEverySecondAsync(HttpConnection http, int client) => ++work % 2 == 0 ? throw new IOException("closed") : Task.CompletedTask;
    }

    [Fact]
    public async Task What_starts_before_the_warm_up_is_over_does_not_count()
    {
        var load = new Load([s_nowhere], clients: 1, rate: 100, warmUp: TimeSpan.FromMilliseconds(500), duration: TimeSpan.FromMilliseconds(500));

        Assert.Equal(50, (await load.RunAsync("warm", (_, _) => Task.CompletedTask, Cancelled)).Done);
    }

    private static Load LoadOf(double? rate) => new([s_nowhere], clients: 1, rate, warmUp: TimeSpan.Zero, duration: TimeSpan.FromSeconds(1));

    private static async Task<LoadResult> StallOnceAsync(double? rate)
    {
        var stalled = false;
        return await LoadOf(rate).RunAsync("stalling", WorkAsync, Cancelled);

        async Task WorkAsync(HttpConnection http, int client)
        {
            if (stalled)
                return;
            stalled = true;
            await Task.Delay(s_stall, Cancelled);
        }
    }
}
