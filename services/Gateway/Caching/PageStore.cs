using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace ShopFlow.Gateway.Caching;

/// <summary>
/// Pages by their targets, bounded by bytes. Which one goes is decided by SIEVE (Zhang et al., NSDI 2024): a hand moves from old to new and
/// drops what was not asked for since it last came by. A hit takes no lock, and a flood of pages that nobody asks for twice drops only itself.
/// </summary>
internal sealed class PageStore
{
    private readonly long _maximumBytes;
    private readonly ConcurrentDictionary<string, LinkedListNode<Page>> _nodes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LinkedListNode<Page>>.AlternateLookup<ReadOnlySpan<char>> _byTarget;
    private readonly LinkedList<Page> _queue = [];
    private readonly Lock _gate = new();
    private LinkedListNode<Page>? _hand;
    private long _bytes;

    public PageStore(IOptions<CacheOptions> options)
    {
        _maximumBytes = options.Value.MaximumBytes;
        _byTarget = _nodes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public long Bytes => Interlocked.Read(ref _bytes);

    public int Count => _queue.Count;

    public Page? Find(ReadOnlySpan<char> target)
    {
        if (!_byTarget.TryGetValue(target, out var node))
            return null;

        node.Value.IsVisited = true;
        return node.Value;
    }

    /// <summary>Keeps a page instead of the one that its target had.</summary>
    public void Set(Page page)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(page.Target, out var before))
            {
                if (before.Value == page)
                    return;

                page.IsVisited = before.Value.IsVisited;
                Remove(before);
            }

            _nodes[page.Target] = _queue.AddFirst(page);
            _bytes += page.Size;

            while (_bytes > _maximumBytes)
                Remove(NextVictim());
        }
    }

    public void Remove(string target)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(target, out var node))
                Remove(node);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _nodes.Clear();
            _queue.Clear();
            (_hand, _bytes) = (null, 0);
        }
    }

    private LinkedListNode<Page> NextVictim()
    {
        var node = _hand ?? _queue.Last!;
        while (node.Value.IsVisited)
        {
            node.Value.IsVisited = false;
            node = node.Previous ?? _queue.Last!;
        }

        _hand = node;
        return node;
    }

    private void Remove(LinkedListNode<Page> node)
    {
        if (_hand == node)
            _hand = node.Previous;

        _queue.Remove(node);
        _nodes.TryRemove(node.Value.Target, out _);
        _bytes -= node.Value.Size;
    }
}
