using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The log of one instance: a bounded backlog, and a channel for each reader.</summary>
internal sealed class ResourceLog(Action<bool> subscribersChanged)
{
    private const int MaxBacklog = 10_000;

    private readonly Lock _changing = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<Channel<LogLine>> _readers = [];
    private int _lineNumber;

    public bool HasSubscribers
    {
        get
        {
            lock (_changing)
            {
                return _readers.Count > 0;
            }
        }
    }

    public IReadOnlyList<LogLine> Backlog
    {
        get
        {
            lock (_changing)
            {
                return [.. _backlog];
            }
        }
    }

    public void Append(string content, bool isErrorMessage)
    {
        lock (_changing)
        {
            var line = new LogLine(++_lineNumber, content, isErrorMessage);

            _backlog.Enqueue(line);
            if (_backlog.Count > MaxBacklog)
            {
                _backlog.Dequeue();
            }

            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(line);
            }
        }
    }

    public void Clear()
    {
        lock (_changing)
        {
            _backlog.Clear();
            _lineNumber = 0;
        }
    }

    /// <summary>Ends every reader that is there now. A restarted process goes on in the same log, for new readers.</summary>
    public void Complete()
    {
        lock (_changing)
        {
            foreach (var reader in _readers)
            {
                reader.Writer.TryComplete();
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        CancellationToken disposing,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(disposing, cancellationToken);
        var channel = Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        var backlog = Join(channel);

        try
        {
            if (backlog.Count > 0)
            {
                yield return backlog;
            }

            while (await channel.Reader.WaitToReadAsync(stopping.Token))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            Leave(channel);
        }
    }

    private IReadOnlyList<LogLine> Join(Channel<LogLine> channel)
    {
        bool isFirst;
        IReadOnlyList<LogLine> backlog;

        lock (_changing)
        {
            isFirst = _readers.Count == 0;
            _readers.Add(channel);
            backlog = [.. _backlog];
        }

        if (isFirst)
        {
            subscribersChanged(true);
        }

        return backlog;
    }

    private void Leave(Channel<LogLine> channel)
    {
        bool wasLast;

        lock (_changing)
        {
            _readers.Remove(channel);
            wasLast = _readers.Count == 0;
        }

        if (wasLast)
        {
            subscribersChanged(false);
        }
    }
}
