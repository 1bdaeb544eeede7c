using System.Threading.Channels;
using ShopFlow.Orders.Data;

namespace ShopFlow.Orders.History;

/// <summary>Somebody who follows an order.</summary>
internal sealed class StatusFollower(int step, Action<StatusFollower> leave) : IDisposable
{
    private readonly Channel<StatusChange> changes = Channel.CreateUnbounded<StatusChange>();
    private int last = step;

    public ChannelReader<StatusChange> Changes => changes.Reader;

    public void Offer(StatusChange change)
    {
        if (change.Step <= last)
            return;

        last = change.Step;
        changes.Writer.TryWrite(change);
    }

    public void Dispose() => leave(this);
}
