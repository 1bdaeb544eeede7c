using System.Threading.Channels;

namespace ShopFlow.Inventory.Stock;

/// <summary>The SKUs whose available units this process has just changed, for the announcer.</summary>
internal sealed class StockChanges
{
    private readonly Channel<string> _skus = Channel.CreateUnbounded<string>(new() { SingleReader = true });

    /// <summary>
    /// Call it after the statement that changed the rows and before the commit: the announcer waits for the locks of that
    /// statement, so it sees the change, and a rollback costs it one useless look.
    /// </summary>
    public void Mark(IEnumerable<string> skus)
    {
        foreach (var sku in skus)
            _skus.Writer.TryWrite(sku);
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _skus.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> different SKUs.</summary>
    public string[] Take(int limit)
    {
        var skus = new HashSet<string>();
        while (skus.Count < limit && _skus.Reader.TryRead(out var sku))
            skus.Add(sku);
        return [.. skus];
    }
}
