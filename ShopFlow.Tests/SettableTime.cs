namespace ShopFlow.Tests;

/// <summary>A clock that runs like the real one and can be put forward.</summary>
internal sealed class SettableTime : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);
}
