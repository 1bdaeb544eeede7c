using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace ShopFlow.Cli.Bench;

/// <summary>
/// Drives one scenario. Closed loop: each client sends again as soon as it was answered. Open loop: work starts at fixed times,
/// and a client that comes late counts the wait, so that a stall is not hidden by the requests that it kept from being sent.
/// </summary>
internal sealed class Load(IReadOnlyList<Uri> addresses, int clients, double? rate, TimeSpan warmUp, TimeSpan duration)
{
    // A server may answer so fast that nothing has to be waited for; then a client lets the others have their turn after so much work.
    private const int Turn = 64;

    private static readonly TimeSpan s_requestLimit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> _errors = [];
    private long _started;
    private long _next;
    private long _done;

    /// <param name="name">For the progress lines and the result.</param>
    /// <param name="step">One unit of work on a client's connection; throws what went wrong.</param>
    /// <param name="cancellationToken">Ends the load early.</param>
    public async Task<LoadResult> RunAsync(string name, Func<HttpConnection, int, Task> step, CancellationToken cancellationToken)
    {
        _started = Stopwatch.GetTimestamp();
        using var progress = new Timer(_ => Say.Line($"  {name}: {Interlocked.Read(ref _done)} done, {_errors.Values.Sum()} errors"), null, 5000, 5000);
        var histograms = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            () => ClientAsync(client, step, cancellationToken), cancellationToken)));

        var all = new Histogram();
        foreach (var histogram in histograms)
            all.Add(histogram);
        return new(
            name,
            clients,
            rate,
            duration.TotalSeconds,
            all.Count,
            all.Count / duration.TotalSeconds,
            all.Percentile(0.5).TotalMilliseconds,
            all.Percentile(0.9).TotalMilliseconds,
            all.Percentile(0.99).TotalMilliseconds,
            all.Percentile(1).TotalMilliseconds,
            _errors);
    }

    private async Task<Histogram> ClientAsync(int client, Func<HttpConnection, int, Task> step, CancellationToken cancellationToken)
    {
        var histogram = new Histogram();
        using var connection = new HttpConnection(addresses[client % addresses.Count], s_requestLimit);
        for (var work = 1; !cancellationToken.IsCancellationRequested; work++)
        {
            if (work % Turn == 0)
                await Task.Yield();

            var intended = await NextStartAsync(cancellationToken);
            if (intended >= warmUp + duration)
                break;

            try
            {
                await step(connection, client);
                var ended = Stopwatch.GetElapsedTime(_started);
                if (Counts(intended, ended))
                    histogram.Add(ended - intended);
                Interlocked.Increment(ref _done);
            }
            catch (Exception e) when (e is IOException or UnexpectedAnswerException or JsonException or KeyNotFoundException or InvalidOperationException)
            {
                if (Counts(intended, Stopwatch.GetElapsedTime(_started)))
                    _errors.AddOrUpdate(e.Message, 1, (_, count) => count + 1);
            }
        }

        return histogram;
    }

    // At a given rate what was to start in the window counts, however late it ends; without one what ends in it, so that the rate is true.
    private bool Counts(TimeSpan intended, TimeSpan ended)
    {
        var moment = rate is null ? ended : intended;
        return moment >= warmUp && moment < warmUp + duration;
    }

    private async Task<TimeSpan> NextStartAsync(CancellationToken cancellationToken)
    {
        if (rate is not { } perSecond)
            return Stopwatch.GetElapsedTime(_started);

        var intended = TimeSpan.FromSeconds((Interlocked.Increment(ref _next) - 1) / perSecond);
        var early = intended - Stopwatch.GetElapsedTime(_started);
        if (early > TimeSpan.Zero)
            await Task.Delay(early, cancellationToken);
        return intended;
    }
}
