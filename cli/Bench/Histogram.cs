namespace ShopFlow.Cli.Bench;

/// <summary>
/// Counts durations in buckets that grow with them: 128 for each doubling, so a percentile is at most 0.8 % too high. From a
/// microsecond to some hours. Not for several threads at once.
/// </summary>
internal sealed class Histogram
{
    private const int BucketBits = 7;
    private const int Buckets = 1 << BucketBits;

    private readonly long[] _counts = new long[Buckets * 36];

    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        _counts[IndexOf(Math.Max(0, (long)duration.TotalMicroseconds))]++;
        Count++;
    }

    public void Add(Histogram other)
    {
        for (var index = 0; index < _counts.Length; index++)
            _counts[index] += other._counts[index];
        Count += other.Count;
    }

    /// <param name="share">0.99 for the 99th percentile.</param>
    /// <returns>Zero when nothing was counted.</returns>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= rank)
                return TimeSpan.FromMicroseconds(HighestIn(index));
        }

        return TimeSpan.Zero;
    }

    // Below 2 * Buckets every microsecond has a bucket of its own; above, the leading bits choose it.
    private static int IndexOf(long microseconds)
    {
        if (microseconds < 2 * Buckets)
            return (int)microseconds;

        var shift = 63 - BucketBits - (int)long.LeadingZeroCount(microseconds);
        return Math.Min((shift * Buckets) + (int)(microseconds >> shift), (Buckets * 36) - 1);
    }

    private static long HighestIn(int index)
    {
        if (index < 2 * Buckets)
            return index;

        var shift = (index / Buckets) - 1;
        return ((index - (shift * (long)Buckets) + 1) << shift) - 1;
    }
}
