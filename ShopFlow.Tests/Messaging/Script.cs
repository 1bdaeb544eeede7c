using System.Collections.Concurrent;

namespace ShopFlow.Tests.Messaging;

/// <summary>What the handler does for a text, besides writing the effect, and when it was called.</summary>
internal sealed class Script
{
    private readonly ConcurrentDictionary<string, Func<int, CancellationToken, Task>> acts = [];

    public ConcurrentQueue<(string Text, DateTimeOffset At)> Calls { get; } = [];

    /// <param name="text">That of the event.</param>
    /// <param name="act">Given the number of the attempt, from 1.</param>
    public void On(string text, Func<int, CancellationToken, Task> act) => acts[text] = act;

    public async Task PlayAsync(string text, CancellationToken cancellationToken)
    {
        Calls.Enqueue((text, DateTimeOffset.UtcNow));
        if (acts.TryGetValue(text, out var act))
        {
            await act(Calls.Count(call => call.Text == text), cancellationToken);
        }
    }
}
