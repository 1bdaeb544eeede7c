namespace ShopFlow.Gateway.RateLimiting;

/// <summary>
/// Requests of the last minute, estimated from two counts: those of the current minute, and of the one before as many as its part that the
/// last sixty seconds still cover. What other replicas counted comes in by <see cref="Share"/>.
/// </summary>
internal sealed class SlidingCount(RateLimitKey key)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _window = -1;
    private long _before;
    private long _shared;
    private long _own;
    private bool _isWaiting;

    public RateLimitKey Key => key;

    public static long WindowOf(DateTimeOffset time) => time.Ticks / Window.Ticks;

    /// <param name="limit">Requests a minute.</param>
    /// <param name="time">Now.</param>
    /// <param name="isNews">Whether this is the first request since the last <see cref="Take"/>: it has to be shared.</param>
    public RateLimitDecision TryCount(int limit, DateTimeOffset time, out bool isNews)
    {
        lock (_gate)
        {
            MoveTo(WindowOf(time));
            isNews = false;

            var passed = (double)(time.Ticks % Window.Ticks) / Window.Ticks;
            var current = _shared + _own;
            var room = limit - (int)Math.Ceiling((_before * (1 - passed)) + current);
            if (room <= 0)
                return new(limit, -1, WaitFor(limit, current, passed));

            _own++;
            isNews = !_isWaiting;
            _isWaiting = true;
            return new(limit, room - 1, TimeSpan.Zero);
        }
    }

    /// <summary>What the others don't know of yet. It stays counted here until <see cref="Share"/>.</summary>
    public RateLimitNews Take()
    {
        lock (_gate)
        {
            _isWaiting = false;
            return new(this, _window, _own);
        }
    }

    /// <summary>Takes over what all replicas have counted together, unless that minute has passed.</summary>
    /// <param name="news">What this replica has told.</param>
    /// <param name="all">The minute of the news.</param>
    /// <param name="before">The one before.</param>
    public void Share(RateLimitNews news, long all, long before)
    {
        lock (_gate)
        {
            if (news.Window != _window)
                return;
            _own -= news.Own;
            _shared = all;
            _before = Math.Max(_before, before);
        }
    }

    /// <summary>Whether nothing of it counts any more.</summary>
    public bool IsOver(long window)
    {
        lock (_gate)
            return _window < window - 1;
    }

    private void MoveTo(long window)
    {
        if (window <= _window)
            return;
        _before = window == _window + 1 ? _shared + _own : 0;
        (_window, _shared, _own) = (window, 0, 0);
    }

    // The estimate falls as the minute before moves out of sight, and then as the current one does.
    private TimeSpan WaitFor(int limit, long current, double passed)
    {
        var freeAt = current < limit
            ? 1 - ((double)(limit - 1 - current) / _before)
            : 2 - ((double)(limit - 1) / current);
        return Window * Math.Max(0, freeAt - passed);
    }
}
