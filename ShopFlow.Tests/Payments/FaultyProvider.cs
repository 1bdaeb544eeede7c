using System.Collections.Concurrent;
using ShopFlow.Payments.Provider;

namespace ShopFlow.Tests.Payments;

/// <summary>Passes every call on, and then fails where a test has asked for it.</summary>
internal sealed class FaultyProvider(IPaymentProvider inner) : IPaymentProvider
{
    private readonly ConcurrentDictionary<string, Func<Exception>> _faults = new();

    /// <summary>Calls that reached the provider, such as "Capture".</summary>
    public ConcurrentQueue<(string Call, string Key)> Calls { get; } = new();

    /// <summary>Otherwise the card agrees, and the money is only taken by a second call.</summary>
    public bool CapturesAtOnce { get; set; } = true;

    /// <summary>Before a call of any charge; null for nothing.</summary>
    public Func<string, string, Task>? Before { get; set; }

    public Task<ProviderCharge?> FindAsync(string key, CancellationToken cancellationToken) =>
        CallAsync("Find", key, () => inner.FindAsync(key, cancellationToken));

    public Task<ProviderCharge> AuthoriseAsync(string key, long amount, string currency, string method, bool capture, CancellationToken cancellationToken) =>
        CallAsync("Authorise", key, () => inner.AuthoriseAsync(key, amount, currency, method, capture && CapturesAtOnce, cancellationToken));

    public Task<ProviderCharge> CaptureAsync(string key, CancellationToken cancellationToken) =>
        CallAsync("Capture", key, () => inner.CaptureAsync(key, cancellationToken));

    public Task<ProviderCharge> VoidAsync(string key, CancellationToken cancellationToken) =>
        CallAsync("Void", key, () => inner.VoidAsync(key, cancellationToken));

    public Task<ProviderCharge> RefundAsync(string key, string refundKey, long amount, CancellationToken cancellationToken) =>
        CallAsync("Refund", key, () => inner.RefundAsync(key, refundKey, amount, cancellationToken));

    /// <summary>The next such call is made, and its answer lost in the way given.</summary>
    public void FailAfter(string call, Func<Exception> fault) => _faults[call] = fault;

    private async Task<T> CallAsync<T>(string call, string key, Func<Task<T>> send)
    {
        if (Before is { } before)
            await before(call, key);

        Calls.Enqueue((call, key));
        var answer = await send();
        if (_faults.TryRemove(call, out var fault))
            throw fault();
        return answer;
    }
}
