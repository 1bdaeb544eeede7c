using System.Collections.Concurrent;

namespace ShopFlow.PaymentSandbox.Cards;

/// <summary>Plays the bad days of a card network: slow answers, answers that never come, and no network at all.</summary>
internal sealed class CardNetwork(SandboxOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, bool> _silenced = new();

    private long _cutUntil;

    /// <summary>Nothing gets in or out.</summary>
    public bool IsCut => time.GetUtcNow().UtcTicks < Interlocked.Read(ref _cutUntil);

    /// <summary>Cuts the network for a while, counted from now; zero mends it.</summary>
    public void Cut(TimeSpan duration) => Interlocked.Exchange(ref _cutUntil, (time.GetUtcNow() + duration).UtcTicks);

    /// <summary>Before anything is recorded. True: the caller gets no answer, and nothing is to be done.</summary>
    public async Task<bool> LosesAuthorisationAsync(string key, string method, HttpContext context)
    {
        var card = TestCards.Of(method);
        if (card.IsSlow)
            await Task.Delay(options.SlowAnswer, time, context.RequestAborted);
        return card.LosesAuthorisation && await StaysSilentAsync(key, context);
    }

    /// <summary>After the capture was recorded. True: the caller gets no answer.</summary>
    public async Task<bool> LosesCaptureAnswerAsync(string key, string method, HttpContext context)
    {
        var card = TestCards.Of(method);
        if (card.IsSlow)
            await Task.Delay(options.SlowAnswer, time, context.RequestAborted);
        return card.LosesCaptureAnswer && await StaysSilentAsync(key, context);
    }

    // Once per charge: a provider that never recovers would leave its payments unknown for ever.
    private async Task<bool> StaysSilentAsync(string key, HttpContext context)
    {
        if (!_silenced.TryAdd(key, true))
            return false;

        // The caller hangs up, or this process stops: either way nobody hears anything.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(options.Silence, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
        return true;
    }
}
