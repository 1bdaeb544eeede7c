namespace ShopFlow.Tests.ServiceDefaults;

/// <summary>A clock that stands still until it is put forward, for code that measures how long ago something was.</summary>
internal sealed class ManualTime : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _ahead;

    public override long GetTimestamp() => _ahead.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => _ahead += by;
}
