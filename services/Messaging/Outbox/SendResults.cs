using System.Runtime.ExceptionServices;

namespace ShopFlow.Messaging;

/// <summary>What became of a batch: what the broker has, what nobody wanted and waits, and the first error, if any row is neither.</summary>
internal sealed record SendResults(long[] Sent, IReadOnlyList<(long Position, DateTimeOffset Until)> Held, Exception? Failure)
{
    public void ThrowIfFailed()
    {
        if (Failure is not null)
            ExceptionDispatchInfo.Throw(Failure);
    }
}
