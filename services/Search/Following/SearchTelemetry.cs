using System.Diagnostics.Metrics;

namespace ShopFlow.Search.Following;

internal sealed class SearchTelemetry
{
    private readonly TimeProvider _time;

    public SearchTelemetry(IMeterFactory meters, CurrentIndex current, TimeProvider time)
    {
        _time = time;
        UpToDateAt = time.GetUtcNow();

        var meter = meters.Create("ShopFlow.Search");
        meter.CreateObservableGauge("shopflow.search.lag", () => Lag.TotalSeconds, "s", "Age of the oldest change that may not be found yet");
        meter.CreateObservableGauge("shopflow.search.documents", () => current.Index?.Count ?? 0, "{product}", "Products that can be found");
    }

    /// <summary>What happened until then can be found.</summary>
    public DateTimeOffset UpToDateAt { private get; set; }

    public TimeSpan Lag => _time.GetUtcNow() - UpToDateAt;
}
