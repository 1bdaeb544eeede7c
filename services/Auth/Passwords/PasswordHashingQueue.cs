using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ShopFlow.Auth.Passwords;

/// <summary>
/// Hashes passwords on a few threads of its own behind a bounded queue: a hash costs a core some 180 ms, and a storm
/// of log-ins must neither starve the thread pool nor pile up.
/// </summary>
internal sealed class PasswordHashingQueue : IDisposable
{
    private static readonly object NoUser = new();

    private readonly BlockingCollection<Action> _queue;
    private readonly Thread[] _threads;
    private readonly PasswordHasher<object> _hasher;
    private readonly Lazy<string> _decoy;
    private readonly Meter _meter;
    private readonly TimeSpan _longestWait;
    private readonly int _nice;

    // What a hash takes here and now: an average in which each new one counts a fifth. Threads may overwrite each other's; it stays an average.
    private double _costMilliseconds = 200;

    public PasswordHashingQueue(IOptions<AuthOptions> options, IMeterFactory meters)
    {
        var settings = options.Value;
        var threads = settings.HashingThreads > 0 ? settings.HashingThreads : Math.Max(1, Environment.ProcessorCount / 2);

        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = settings.HashingIterations }));
        _decoy = new(() => _hasher.HashPassword(NoUser, Guid.NewGuid().ToString()));
        _queue = new(threads * settings.HashingQueuePerThread);

        _meter = meters.Create("ShopFlow.Auth");
        _meter.CreateObservableGauge("shopflow.auth.hashing.waiting", () => _queue.Count, description: "Passwords that wait to be hashed.");

        _longestWait = settings.HashingLongestWait;
        _nice = settings.HashingNiceValue;
        _threads = [.. Enumerable.Range(1, threads).Select(number => new Thread(Work) { IsBackground = true, Name = $"password hashing {number}" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Whether the next password would be turned away.</summary>
    public bool IsFull => _queue.Count >= _queue.BoundedCapacity;

    /// <summary>About how long the queue takes to empty and up to twice as long, in whole seconds: who was turned away together should not come
    /// back together.</summary>
    public TimeSpan RetryAfter
    {
        get
        {
            var seconds = _queue.Count * Volatile.Read(ref _costMilliseconds) / _threads.Length / 1000;
            return TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(seconds * (1 + Random.Shared.NextDouble()))));
        }
    }

    /// <summary>The hash to store, on the caller's thread: for what happens once, at the start.</summary>
    public string Hash(string password) => _hasher.HashPassword(NoUser, PasswordRules.Normalize(password));

    /// <summary>The hash to store; null at once when the queue is full, and after the longest wait when it doesn't get its turn.</summary>
    public Task<string?> TryHashAsync(string password) => TryRunAsync(() => (string?)Hash(password));

    /// <summary>Compares a password with a stored hash; null as above. Without a hash (there is no such user) it fails after the same work.</summary>
    public Task<PasswordVerificationResult?> TryVerifyAsync(string? hash, string password) => TryRunAsync<PasswordVerificationResult?>(() =>
    {
        var result = _hasher.VerifyHashedPassword(NoUser, hash ?? _decoy.Value, PasswordRules.Normalize(password));
        return hash is null ? PasswordVerificationResult.Failed : result;
    });

    public void Dispose()
    {
        _queue.CompleteAdding();
        Array.ForEach(_threads, thread => thread.Join(TimeSpan.FromSeconds(5)));
        _queue.Dispose();
        _meter.Dispose();
    }

    private async Task<T?> TryRunAsync<T>(Func<T?> work)
    {
        var job = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.TryAdd(() => Run(job, work)))
            return default;

        try
        {
            return await job.Task.WaitAsync(_longestWait);
        }
        catch (TimeoutException)
        {
            // Nobody waits for it any more: it is passed over when its turn comes.
            job.TrySetResult(default);
            return default;
        }
    }

    private void Run<T>(TaskCompletionSource<T?> job, Func<T?> work)
    {
        if (job.Task.IsCompleted)
            return;

        var start = Stopwatch.GetTimestamp();
        try
        {
            job.TrySetResult(work());
        }
        catch (Exception exception)
        {
            job.TrySetException(exception);
        }

        var cost = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Volatile.Write(ref _costMilliseconds, (Volatile.Read(ref _costMilliseconds) * 0.8) + (cost * 0.2));
    }

    private void Work()
    {
        NiceValue.Set(_nice);

        // Made before the first log-in, so that an unknown name does not cost two hashes then.
        _ = _decoy.Value;

        foreach (var work in _queue.GetConsumingEnumerable())
            work();
    }
}
