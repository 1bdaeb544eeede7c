using OpenTelemetry.Trace;

namespace ShopFlow.ServiceDefaults.Telemetry;

/// <summary>
/// Decides for whole traces: it takes every one while there are few, and no more than <see cref="TraceSamplingOptions.PerSecond"/> when
/// there are many, so that watching a busy shop costs what watching a quiet one does. What is below a trace's first span follows it.
/// </summary>
internal sealed class TraceBudget(TraceSamplingOptions options, TimeProvider time) : Sampler
{
    private readonly Lock _gate = new();
    private double _left = options.Burst;
    private long _counted = time.GetTimestamp();

    /// <summary>A budget for the traces that begin here; the others follow their callers, if those are to be followed.</summary>
    public static Sampler SamplerFor(TraceSamplingOptions options, TimeProvider time)
    {
        var budget = new TraceBudget(options, time);
        return options.FollowCallers
            ? new ParentBasedSampler(budget)
            : new ParentBasedSampler(budget, remoteParentSampled: budget, remoteParentNotSampled: budget);
    }

    public override SamplingResult ShouldSample(in SamplingParameters parameters) =>
        new(!options.Untraced.Contains(parameters.Name) && TryTake() ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);

    private bool TryTake()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(options.Burst, _left + (time.GetElapsedTime(_counted, now).TotalSeconds * options.PerSecond));
            _counted = now;
            if (_left < 1)
                return false;

            _left--;
            return true;
        }
    }
}
