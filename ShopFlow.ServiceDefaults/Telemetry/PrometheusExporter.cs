using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ShopFlow.ServiceDefaults.Telemetry;

/// <summary>Collects all metrics when asked, and keeps them as Prometheus text.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectMilliseconds = 5_000;

    private readonly Lock _gate = new();
    private string _text = "";

    public Func<int, bool>? Collect { get; set; }

    public string Scrape()
    {
        lock (_gate)
        {
            Collect?.Invoke(CollectMilliseconds);
            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var writer = new PrometheusWriter();
        foreach (var metric in batch)
            writer.Add(metric);

        _text = writer.ToString();
        return ExportResult.Success;
    }
}
