using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ShopFlow.ServiceDefaults.Telemetry;

/// <summary>
/// Metrics in the Prometheus text format 0.0.4, named as the OpenTelemetry specification maps them
/// (https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/).
/// </summary>
internal sealed class PrometheusWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly List<Family> _families = [];
    private readonly Dictionary<string, Family> _byName = [];

    public void Add(Metric metric)
    {
        if (TypeOf(metric.MetricType) is not { } type)
            return;

        var name = NameOf(metric.Name, metric.Unit, isCounter: type == "counter");

        if (!_byName.TryGetValue(name, out var family))
        {
            family = _byName[name] = new Family(name, type, metric.Description is { Length: > 0 } text ? text : metric.Name);
            _families.Add(family);
        }

        // A family has one type; the same name with another meaning, from another meter, cannot be told in this format.
        if (family.Type != type)
            return;

        foreach (ref readonly var point in metric.GetMetricPoints())
            family.Add(metric, in point);
    }

    public override string ToString()
    {
        var text = new StringBuilder(16 * 1024);

        foreach (var family in _families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
            text.Append(family.Samples);
        }

        return text.ToString();
    }

    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => "gauge",
        MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        _ => null,
    };

    private static string NameOf(string name, string? unit, bool isCounter)
    {
        var result = Identifier(name);
        var suffix = unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "%" => "percent",
            _ => null,
        };

        if (suffix is not null && !result.EndsWith(suffix, StringComparison.Ordinal))
            result = $"{result}_{suffix}";

        if (isCounter)
            return result.EndsWith("_total", StringComparison.Ordinal) ? result : result + "_total";

        // The suffix belongs to histograms, and promtool refuses it elsewhere.
        return result.EndsWith("_count", StringComparison.Ordinal) ? result[..^"_count".Length] : result;
    }

    private static string Identifier(string name)
    {
        var result = string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        });

        return char.IsAsciiDigit(result[0]) ? "_" + result : result;
    }

    private static string EscapeHelp(string text) => text.Replace("\\", "\\\\").Replace("\n", "\\n");

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"");

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private sealed class Family(string name, string type, string help)
    {
        private readonly HashSet<string> _labelSets = [];

        public string Name { get; } = name;

        public string Type { get; } = type;

        public string Help { get; } = help;

        public StringBuilder Samples { get; } = new();

        public void Add(Metric metric, in MetricPoint point)
        {
            var labels = LabelsOf(point.Tags);

            // Two meters may use one name; a sample that is there already would make the whole text invalid.
            if (!_labelSets.Add(labels) && !_labelSets.Add(labels = With(labels, "otel_scope_name", metric.MeterName)))
                return;

            if (metric.MetricType == MetricType.Histogram)
                AddHistogram(labels, in point);
            else
                AddSample("", labels, ValueOf(metric.MetricType, in point));
        }

        private void AddHistogram(string labels, in MetricPoint point)
        {
            var cumulated = 0L;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                cumulated += bucket.BucketCount;
                AddSample("_bucket", With(labels, "le", Number(bucket.ExplicitBound)), Whole(cumulated));
            }

            AddSample("_sum", labels, Number(point.GetHistogramSum()));
            AddSample("_count", labels, Whole(point.GetHistogramCount()));
        }

        private void AddSample(string suffix, string labels, string value)
        {
            Samples.Append(Name).Append(suffix);
            if (labels.Length > 0)
                Samples.Append('{').Append(labels).Append('}');

            Samples.Append(' ').Append(value).Append('\n');
        }

        private static string ValueOf(MetricType type, in MetricPoint point) => type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => Whole(point.GetSumLong()),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
            MetricType.LongGauge => Whole(point.GetGaugeLastValueLong()),
            _ => Number(point.GetGaugeLastValueDouble()),
        };

        private static string LabelsOf(ReadOnlyTagCollection tags)
        {
            var labels = "";
            foreach (var (key, value) in tags)
                labels = With(labels, Identifier(key), value switch
                {
                    bool flag => flag ? "true" : "false",
                    _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
                });

            return labels;
        }

        private static string With(string labels, string name, string value)
            => $"{labels}{(labels.Length > 0 ? "," : "")}{name}=\"{EscapeLabel(value)}\"";

        private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
