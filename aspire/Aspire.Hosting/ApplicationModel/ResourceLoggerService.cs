using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console of every resource: what its processes print and what the AppHost says about it.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposing = new();
    private readonly TimeProvider _timeProvider;
    private Action<LogSubscriber>? _subscribersChanged;

    public ResourceLoggerService() : this(TimeProvider.System)
    {
    }

    internal ResourceLoggerService(TimeProvider timeProvider) => _timeProvider = timeProvider;

    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger([.. resource.GetResolvedResourceNames().Select(LogOf)], _timeProvider);
    }

    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger([LogOf(resourceName)], _timeProvider);
    }

    /// <summary>What is in the backlog now, then new lines as they come, until the log is completed.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return LogOf(resourceName).WatchAsync(_disposing.Token);
    }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge(resource, WatchAsync);
    }

    /// <summary>What is in the backlog now.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        yield return await Task.FromResult(LogOf(resourceName).Backlog);
    }

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge(resource, GetAllAsync);
    }

    /// <summary>Tells for each log whether anybody is reading it, whenever that changes.</summary>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogSubscriber>();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_disposing.Token, cancellationToken);

        void Forward(LogSubscriber subscriber) => channel.Writer.TryWrite(subscriber);

        _subscribersChanged += Forward;
        try
        {
            foreach (var (name, log) in _logs)
            {
                if (log.HasSubscribers)
                {
                    Forward(new LogSubscriber(name, AnySubscribers: true));
                }
            }

            await foreach (var subscriber in channel.Reader.ReadAllAsync(stopping.Token))
            {
                yield return subscriber;
            }
        }
        finally
        {
            _subscribersChanged -= Forward;
        }
    }

    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);

        foreach (var name in resource.GetResolvedResourceNames())
        {
            Complete(name);
        }
    }

    public void Complete(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        if (_logs.TryGetValue(name, out var log))
        {
            log.Complete();
        }
    }

    public void ClearBacklog(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);

        if (_logs.TryGetValue(resourceName, out var log))
        {
            log.Clear();
        }
    }

    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds what a process printed, as it is.</summary>
    internal void Append(string resourceName, string content, bool isErrorMessage) => LogOf(resourceName).Append(content, isErrorMessage);

    private ResourceLog LogOf(string resourceName) => _logs.GetOrAdd(
        resourceName,
        name => new ResourceLog(anySubscribers => _subscribersChanged?.Invoke(new LogSubscriber(name, anySubscribers))));

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> Merge(
        IResource resource,
        Func<string, IAsyncEnumerable<IReadOnlyList<LogLine>>> read)
    {
        var channel = Channel.CreateUnbounded<IReadOnlyList<LogLine>>();
        var reading = Task.WhenAll(resource.GetResolvedResourceNames().Select(CopyAsync));
        _ = reading.ContinueWith(done => channel.Writer.TryComplete(done.Exception), TaskScheduler.Default);

        await foreach (var lines in channel.Reader.ReadAllAsync())
        {
            yield return lines;
        }

        async Task CopyAsync(string name)
        {
            await foreach (var lines in read(name))
            {
                channel.Writer.TryWrite(lines);
            }
        }
    }
}
