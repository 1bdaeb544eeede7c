using System.Diagnostics.Metrics;

namespace ShopFlow.Gateway.Caching;

internal sealed class CacheMetrics
{
    private readonly Counter<long> _reads;

    public CacheMetrics(IMeterFactory meters, PageStore store)
    {
        var meter = meters.Create("ShopFlow.Gateway");
        _reads = meter.CreateCounter<long>("shopflow.gateway.cache.reads", description: "Reads of the catalogue, by where the page came from.");
        meter.CreateObservableGauge("shopflow.gateway.cache.size", () => store.Bytes, "By", "Memory that kept pages take.");
        meter.CreateObservableGauge("shopflow.gateway.cache.pages", () => store.Count, description: "Pages kept.");
    }

    public void Count(PageOrigin origin) => _reads.Add(1, OriginTag(origin));

    private static KeyValuePair<string, object?> OriginTag(PageOrigin origin) => new("origin", origin switch
    {
        PageOrigin.Memory => "memory",
        PageOrigin.StaleMemory => "stale-memory",
        _ => "catalogue",
    });
}
