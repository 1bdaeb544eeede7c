namespace ShopFlow.Tests;

/// <summary>Waits for a condition by asking again, with a limit and a reason when it never comes true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> otherwise)
    {
        using var timer = new PeriodicTimer(Interval);
        using var end = new CancellationTokenSource(limit);
        try
        {
            while (!await condition())
            {
                await timer.WaitForNextTickAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            Assert.Fail($"Not within {limit.TotalSeconds:0} s: {otherwise()}");
        }
    }

    public static Task TrueAsync(Func<bool> condition, TimeSpan limit, Func<string> otherwise) =>
        TrueAsync(() => Task.FromResult(condition()), limit, otherwise);
}
